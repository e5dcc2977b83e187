package com.vibnai.bench;

import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.parsetools.RecordParser;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Open live streams, and how long after it was sent each event came. */
final class Listeners implements AutoCloseable {

    private static final int OPEN_WITHIN_SECONDS = 60;
    /** Sleeping users are looked at less often; nothing counts until the pollers of all are awake. */
    private static final int WAKE_SECONDS = 20;

    private static final int LAST_ARRIVE_WITHIN_SECONDS = 10;
    private static final Pattern SENT = Pattern.compile("\"url_path\":\"" + Visits.PATH + "(\\d+)\"");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> users;
    private final int streams;
    private final AtomicReference<String> broken = new AtomicReference<>();
    private final ConcurrentLinkedQueue<long[]> heard = new ConcurrentLinkedQueue<>();

    private Listeners(List<String> users, int streams) {
        this.users = users;
        this.streams = streams;
    }

    /** Opens {@code streams} streams of the users in turn, and returns when all are ready. */
    static Listeners open(ServiceRun service, List<String> users, int streams) throws InterruptedException {
        Listeners listeners = new Listeners(users, streams);
        CountDownLatch ready = new CountDownLatch(streams);
        HttpClient client = listeners.vertx.createHttpClient(
                new HttpClientOptions().setKeepAlive(false), new PoolOptions().setHttp1MaxSize(streams));
        for (int i = 0; i < streams; i++) {
            listeners.open(client, service.port(), users.get(i % users.size()), ready);
        }
        if (!ready.await(OPEN_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            String reason = listeners.broken.get();
            listeners.close();
            throw new StageFailure("Of " + streams + " live streams " + ready.getCount() + " do not open"
                    + (reason == null ? "." : ": " + reason + "."));
        }
        return listeners;
    }

    private void open(HttpClient client, int port, String user, CountDownLatch ready) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI("/v1/users/" + user + "/live")
                .putHeader("Authorization", "Bearer " + QueryUnderTest.KEY)
                .putHeader("Accept", "text/event-stream");
        client.request(options)
                .compose(request -> request.send())
                .onSuccess(response -> {
                    if (response.statusCode() != 200) {
                        broken.set("answered with " + response.statusCode());
                        return;
                    }
                    response.handler(RecordParser.newDelimited("\n\n", message -> take(message.toString(), ready)));
                    response.endHandler(end -> broken.compareAndSet(null, "ended by the service"));
                    response.exceptionHandler(e -> broken.compareAndSet(null, String.valueOf(e.getMessage())));
                })
                .onFailure(e -> broken.compareAndSet(null, String.valueOf(e.getMessage())));
    }

    private void take(String message, CountDownLatch ready) {
        Matcher sent = SENT.matcher(message);
        if (sent.find()) {
            heard.add(new long[] {Long.parseLong(sent.group(1)), System.currentTimeMillis()});
        } else if (message.contains("event:ready") || message.contains("event: ready")) {
            ready.countDown();
        }
    }

    /** Sends events of the users in turn, and waits for the last to come. */
    Heard hear(Visits visits, double perSecond, int seconds) throws InterruptedException, SQLException {
        send(visits, perSecond, WAKE_SECONDS);
        long from = System.currentTimeMillis();
        int sent = send(visits, perSecond, seconds);
        int expected = 0;
        for (int i = 0; i < sent; i++) {
            int user = i % users.size();
            expected += streams / users.size() + (user < streams % users.size() ? 1 : 0);
        }
        long giveUp = System.currentTimeMillis() + LAST_ARRIVE_WITHIN_SECONDS * 1000L;
        while (System.currentTimeMillis() < giveUp && heardSince(from).count() < expected) {
            Thread.sleep(50);
        }
        List<Long> delays = delaysSince(from);
        if (delays.size() != expected || broken.get() != null) {
            throw new StageFailure("Of " + expected + " live messages " + delays.size() + " came"
                    + (broken.get() == null ? "." : "; a stream broke: " + broken.get() + "."));
        }
        return new Heard(delays);
    }

    private int send(Visits visits, double perSecond, int seconds) throws InterruptedException, SQLException {
        long begun = System.nanoTime();
        int number = (int) Math.round(perSecond * seconds);
        for (int i = 0; i < number; i++) {
            long due = begun + (long) (i / perSecond * 1e9);
            TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            visits.store(i % users.size(), System.currentTimeMillis(), 1);
        }
        return number;
    }

    private Stream<long[]> heardSince(long from) {
        return heard.stream().filter(times -> times[0] >= from);
    }

    private List<Long> delaysSince(long from) {
        return heardSince(from).map(times -> times[1] - times[0]).sorted().toList();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** @param delays from the sending of an event to its arrival, in ms, ascending */
    record Heard(List<Long> delays) {

        int messages() {
            return delays.size();
        }

        double percentile(int percent) {
            return delays.get(Math.min(delays.size() - 1, delays.size() * percent / 100));
        }
    }
}
