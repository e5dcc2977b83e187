package com.vibnai.attribution.platform;

import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The refusal of the database to store something about a user who has been erased; see V12__create_privacy.sql. */
public final class ErasedUser {

    private static final String SQL_STATE = "VB410";

    private ErasedUser() {}

    /** Whether this failure is that refusal. */
    public static boolean isRefused(Throwable failure) {
        return Stream.iterate(failure, e -> e != null, Throwable::getCause)
                .anyMatch(e -> e instanceof PgException refused && SQL_STATE.equals(refused.getSqlState()));
    }

    /**
     * Writes a batch. If it is refused because of an erased user, its halves are written on their own, and so on, until
     * only that user's entries have the outcome {@code erased}.
     */
    public static <T, R> Uni<List<R>> writeOthers(List<T> entries, Function<List<T>, Uni<List<R>>> write, R erased) {
        return write.apply(entries).onFailure(ErasedUser::isRefused).recoverWithUni(() -> {
            if (entries.size() == 1) {
                return Uni.createFrom().item(List.of(erased));
            }
            int half = entries.size() / 2;
            return writeOthers(entries.subList(0, half), write, erased)
                    .flatMap(first -> writeOthers(entries.subList(half, entries.size()), write, erased)
                            .map(second -> Stream.concat(first.stream(), second.stream())
                                    .toList()));
        });
    }
}
