package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.platform.problem.ProblemMapper;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch so that nobody in it fails for another's sake. When the database refuses the batch because of what is in it,
 * it is written in halves, and those in halves, until the one bad signup stands alone: its neighbours are stored, and it
 * alone is refused.
 */
@Singleton
class SignupBatch {

    private static final int RETRIES = 3;

    private final SignupWriter writer;

    SignupBatch(SignupWriter writer) {
        this.writer = writer;
    }

    /** What became of one signup: an answer, or why there is none. */
    record Result(@Nullable SignupResponse answer, @Nullable Throwable failure) {}

    /** What became of each, in the same order, after the commit. Never fails. */
    Uni<List<Result>> write(List<Signup> batch) {
        return writer.write(batch)
                .onFailure(SignupBatch::isCollision)
                .retry()
                .atMost(RETRIES)
                .map(answers ->
                        answers.stream().map(answer -> new Result(answer, null)).toList())
                .onFailure()
                .recoverWithUni(failure -> divide(batch, failure));
    }

    private Uni<List<Result>> divide(List<Signup> batch, Throwable failure) {
        if (batch.size() == 1 || ProblemMapper.isDatabaseDown(failure)) {
            return Uni.createFrom()
                    .item(batch.stream()
                            .map(signup -> new Result(null, failure))
                            .toList());
        }
        int half = batch.size() / 2;
        return write(batch.subList(0, half)).flatMap(first -> write(batch.subList(half, batch.size()))
                .map(second -> Stream.concat(first.stream(), second.stream()).toList()));
    }

    /** Deadlock or serialization failure: nobody's fault, and gone the next time. */
    private static boolean isCollision(Throwable failure) {
        return failure instanceof PgException e
                && e.getSqlState() != null
                && e.getSqlState().startsWith("40");
    }
}
