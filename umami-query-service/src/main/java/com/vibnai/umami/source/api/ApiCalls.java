package com.vibnai.umami.source.api;

import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.platform.problem.ApiException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Makes calls: logs in and again when a token has ended, keeps to the limit of calls, waits when Umami says so. */
@Singleton
class ApiCalls {

    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final Duration REFUSED_RETRY = Duration.ofMinutes(1);

    private final UmamiApi umami;
    private final ApiConfig config;
    private final CallLimit limit;
    private final Duration timeout;
    private final AtomicReference<@Nullable Uni<String>> login = new AtomicReference<>();

    ApiCalls(@RestClient UmamiApi umami, ApiConfig config, QueryConfig query) {
        this.umami = umami;
        this.config = config;
        this.limit = new CallLimit(config.calls(), config.window());
        this.timeout = query.timeout();
    }

    /** A call, given the two headers. */
    interface Call<T extends @Nullable Object> {
        Uni<T> with(UmamiApi umami, @Nullable String bearer, @Nullable String key);
    }

    /** Makes the call; 503 if Umami does not answer in time, refuses, or allows no more calls. */
    <T extends @Nullable Object> Uni<T> call(Call<T> call) {
        Instant deadline = Instant.now().plus(timeout);
        return attempt(call, deadline)
                .onFailure(ApiCalls::isTooMany)
                .recoverWithUni(failure -> again(call, deadline, (ApiFailure) failure))
                .onFailure(failure -> !(failure instanceof ApiFailure known && known.isPerhapsUnknown()))
                .transform(ApiCalls::said)
                .ifNoItem()
                .after(timeout)
                .failWith(() -> ApiException.unavailable("Umami's API does not answer in time; try again.", RETRY));
    }

    private <T extends @Nullable Object> Uni<T> again(Call<T> call, Instant deadline, ApiFailure tooMany) {
        limit.pause(tooMany.retryAfter());
        return attempt(call, deadline);
    }

    private <T extends @Nullable Object> Uni<T> attempt(Call<T> call, Instant deadline) {
        if (config.key().isPresent()) {
            return permit(deadline)
                    .flatMap(permitted -> call.with(umami, null, config.key().get()));
        }
        Uni<String> used = token();
        return withToken(call, used, deadline)
                .onFailure(ApiCalls::isUnauthorized)
                .recoverWithUni(ended -> {
                    login.compareAndSet(used, null);
                    return withToken(call, token(), deadline);
                });
    }

    private <T extends @Nullable Object> Uni<T> withToken(Call<T> call, Uni<String> token, Instant deadline) {
        return token.flatMap(
                known -> limit.permit(deadline).flatMap(permitted -> call.with(umami, "Bearer " + known, null)));
    }

    private Uni<Void> permit(Instant deadline) {
        return Uni.createFrom().deferred(() -> limit.permit(deadline));
    }

    /** The login that all calls share, until one of them finds that it has ended. */
    private Uni<String> token() {
        Uni<String> known = login.get();
        if (known != null) {
            return known;
        }
        Uni<String> fresh = umami.login(new UmamiApi.Login(
                        config.username().orElse(""), config.password().orElse("")))
                .map(UmamiApi.Token::token)
                .memoize()
                .indefinitely();
        if (!login.compareAndSet(null, fresh)) {
            return token();
        }
        return fresh.onFailure().invoke(() -> login.compareAndSet(fresh, null));
    }

    /** 503: what is asked for should be there, but Umami fails. */
    static ApiException unavailable() {
        return ApiException.unavailable("Umami's API fails; try again.", RETRY);
    }

    private static boolean isUnauthorized(Throwable failure) {
        return failure instanceof ApiFailure known && known.isUnauthorized();
    }

    private static boolean isTooMany(Throwable failure) {
        return failure instanceof ApiFailure known && known.isTooMany();
    }

    private static Throwable said(Throwable failure) {
        if (failure instanceof ApiFailure known) {
            if (known.isTooMany()) {
                return CallLimit.busy(known.retryAfter());
            }
            return known.isUnauthorized()
                    ? ApiException.unavailable("Umami's API refuses the configured login or key.", REFUSED_RETRY)
                    : ApiException.unavailable(known.getMessage() + "; try again.", RETRY);
        }
        return failure instanceof ProcessingException || failure instanceof IOException
                ? ApiException.unavailable("Umami's API does not answer; try again.", RETRY)
                : failure;
    }
}
