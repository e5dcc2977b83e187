package com.vibnai.attribution.firsttouch;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Reads a signup and has it stored. */
@ApplicationScoped
class SignupService {

    private final SignupReader reader;
    private final SignupQueue queue;
    private final InstantSource clock = InstantSource.system();

    SignupService(SignupReader reader, SignupQueue queue) {
        this.reader = reader;
        this.queue = queue;
    }

    Uni<SignupResponse> signUp(SignupRequest request, Sender sender, @Nullable String refererHeader) {
        return queue.add(reader.read(request, sender, refererHeader, clock.instant()));
    }
}
