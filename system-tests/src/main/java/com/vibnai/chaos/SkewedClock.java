package com.vibnai.chaos;

import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The wall clock of one process, which libfaketime moves while it runs. The monotonic clock goes on, as it does when an
 * administrator or NTP sets the time.
 */
final class SkewedClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";

    private final Path library;
    private final Path offset;

    private SkewedClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /** A clock that is right for now; null if libfaketime is not installed. */
    static @Nullable SkewedClock find(Path folder) throws IOException {
        try (DirectoryStream<Path> architectures = Files.newDirectoryStream(LIBRARIES)) {
            for (Path architecture : architectures) {
                Path library = architecture.resolve(LIBRARY);
                if (Files.isRegularFile(library)) {
                    SkewedClock clock = new SkewedClock(library, folder.resolve("clock"));
                    clock.set(Duration.ZERO);
                    return clock;
                }
            }
        }
        return null;
    }

    /** For the process whose clock it is. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Its correction of timed waits counts on a monotonic clock that is moved too.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
    }

    /** The process notices within a second. */
    void set(Duration ahead) {
        try {
            Path next = offset.resolveSibling("clock.next");
            Files.writeString(next, "%+d\n".formatted(ahead.toSeconds()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StageFailure("The clock cannot be set: " + e.getMessage() + ".");
        }
    }
}
