package com.vibnai.tracker.firstparty;

import com.vibnai.tracker.script.ServedFile;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Umami's script, fetched every few minutes at most, and the last good one while Umami is away. The path of the collector
 * in it becomes the operator's.
 */
final class UmamiScript {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final int LARGEST = 512 * 1024;

    private final Upstream umami;
    private final String path;
    private final String theirCollector;
    private final String ourCollector;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Copy> last = new AtomicReference<>();

    UmamiScript(Upstream umami, ProxyConfig config, InstantSource clock) {
        this.umami = umami;
        this.path = config.umamiScriptPath();
        this.theirCollector = config.umamiCollectPath();
        this.ourCollector = besideScript(config.scriptPath(), config.collectPath());
        this.clock = clock;
    }

    private record Copy(ServedFile file, Instant at) {}

    /** The collector's path as the script has to have it: from its own folder on. */
    static String besideScript(String scriptPath, String collectPath) {
        String folder = scriptPath.substring(0, scriptPath.lastIndexOf('/'));
        if (!collectPath.startsWith(folder + "/")) {
            throw new IllegalArgumentException("tracker.proxy.collect-path: '" + collectPath
                    + "' has to be in the folder of " + "tracker.proxy.script-path ('" + folder + "/') or below");
        }
        return collectPath.substring(folder.length());
    }

    Future<ServedFile> get() {
        Copy copy = last.get();
        if (copy != null && copy.at.plus(FRESH).isAfter(clock.instant())) {
            return Future.succeededFuture(copy.file);
        }
        return umami.send(HttpMethod.GET, path, Map.of(), MultiMap.caseInsensitiveMultiMap(), Buffer.buffer())
                .map(this::read)
                .onSuccess(file -> last.set(new Copy(file, clock.instant())))
                .recover(failure -> copy == null ? Future.failedFuture(failure) : Future.succeededFuture(copy.file));
    }

    private ServedFile read(HttpResponse<Buffer> answer) {
        Buffer body = answer.body();
        if (answer.statusCode() != 200 || body == null || body.length() > LARGEST) {
            throw new IllegalStateException("Umami's script: " + answer.statusCode());
        }
        byte[] script = body.toString(StandardCharsets.UTF_8)
                .replace(theirCollector, ourCollector)
                .getBytes(StandardCharsets.UTF_8);
        return ServedFile.of(
                ServedFile.JAVASCRIPT, ServedFile.AN_HOUR, Map.of("identity", script, "gzip", gzip(script)), Map.of());
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
