package com.vibnai.umami.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.vibnai.umami.UmamiStack;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A listener's end of a stream: the messages as they come. */
final class Stream implements AutoCloseable {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_SECONDS = 60;

    private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
    private final AtomicInteger comments = new AtomicInteger();
    private CompletableFuture<?> ended;
    private volatile Flow.Subscription subscription;

    /** One message; the name and id are empty where the stream gives none. */
    record Message(String name, String id, String data) {

        JsonNode json() {
            try {
                return JSON.readTree(data);
            } catch (java.io.IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Stream() {}

    /** Opens a stream; {@code lastEventId} may be null. */
    static Stream open(URI base, String userId, String lastEventId) {
        Stream stream = new Stream();
        HttpRequest.Builder get = HttpRequest.newBuilder(base.resolve("/v1/users/" + userId + "/live"))
                .header("Authorization", "Bearer " + UmamiStack.READ_KEY);
        if (lastEventId != null) {
            get.header("Last-Event-ID", lastEventId);
        }
        stream.ended = HTTP.sendAsync(get.build(), HttpResponse.BodyHandlers.fromLineSubscriber(stream.new Lines()));
        return stream;
    }

    /** The next message. */
    Message next() throws InterruptedException {
        Message message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("no message came");
        }
        return message;
    }

    /** The next message, which has to have this name. */
    Message next(String name) throws InterruptedException {
        Message message = next();
        if (!message.name().equals(name)) {
            throw new AssertionError("expected " + name + " but got " + message);
        }
        return message;
    }

    /** The paths of the next events. */
    List<String> paths(int events) throws InterruptedException {
        List<String> paths = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            paths.add(next("trail").json().get("url_path").asText());
        }
        return paths;
    }

    int comments() {
        return comments.get();
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Waits until the server has ended the stream. */
    void awaitEnd() {
        ended.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        subscription.cancel();
    }

    private final class Lines implements Flow.Subscriber<String> {
        private String name = "";
        private String id = "";
        private String data = "";

        @Override
        public void onSubscribe(Flow.Subscription s) {
            subscription = s;
            s.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    messages.add(new Message(name, id, data));
                }
                name = "";
                id = "";
                data = "";
            } else if (line.startsWith(":")) {
                comments.incrementAndGet();
            } else if (line.startsWith("event:")) {
                name = line.substring("event:".length()).trim();
            } else if (line.startsWith("id:")) {
                id = line.substring("id:".length()).trim();
            } else if (line.startsWith("data:")) {
                data += line.substring("data:".length()).trim();
            }
        }

        @Override
        public void onError(Throwable failure) {
            // The future of the answer says the same.
        }

        @Override
        public void onComplete() {
            // The future of the answer says the same.
        }
    }
}
