package com.vibnai.bench;

import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.ServiceRun;
import com.vibnai.stage.StageFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** umami-query-service as packaged, and what is asked of it. */
public final class QueryUnderTest {

    /** Scope: read. */
    public static final String KEY = "bench_query_key_0123456789abcdef";

    private QueryUnderTest() {}

    /** What it needs to know to start on Umami's {@code database}, with attribution-service on a port of loopback. */
    public static Map<String, String> environment(PostgresServer server, String database, int attributionPort) {
        Map<String, String> environment = new HashMap<>(keys(attributionPort));
        environment.put("UMAMI_DB_URL", server.url(database));
        return Map.copyOf(environment);
    }

    /** The same without a database. */
    public static Map<String, String> keys(int attributionPort) {
        return Map.of(
                "UMAMI_ATTRIBUTION_URL",
                "http://127.0.0.1:" + attributionPort,
                "UMAMI_ATTRIBUTION_API_KEY",
                AttributionUnderTest.KEY,
                "UMAMI_API_KEYS_BENCH_DIGEST",
                AttributionUnderTest.digest(KEY),
                "UMAMI_API_KEYS_BENCH_SCOPES",
                "read");
    }

    /** wrk's script: {@code call} for another user each time, whom nobody knows. */
    static String loadOfStrangers(String call) {
        return """
                local count = 0
                function setup(thread) thread:set('number', count) count = count + 1 end
                function init() math.randomseed(os.time() * 16 + number) end
                function request()
                    return string.format('GET /v1/users/stranger-%%08x%%08x%s HTTP/1.1\\r\\nHost: localhost\\r\\n'
                        .. 'Authorization: Bearer %s\\r\\n\\r\\n',
                        math.random(0, 0x7fffffff), math.random(0, 0x7fffffff))
                end
                """.formatted(call, KEY);
    }

    /** The body of a 200; any other answer ends the run. */
    static String ask(HttpClient client, ServiceRun query, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(query.url() + path))
                .header("Authorization", "Bearer " + KEY)
                .build();
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new StageFailure(path + " was answered with " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** wrk's script: random users' {@code call}. */
    static String load(List<String> users, String call) {
        return """
                local count = 0
                function setup(thread) thread:set('number', count) count = count + 1 end
                local users = {%s}
                local requests = {}
                function init()
                    math.randomseed(os.time() * 16 + number)
                    for i, user in ipairs(users) do
                        requests[i] = 'GET /v1/users/' .. user .. '%s HTTP/1.1\\r\\nHost: localhost\\r\\n'
                            .. 'Authorization: Bearer %s\\r\\n\\r\\n'
                    end
                end
                function request() return requests[math.random(#requests)] end
                """.formatted(users.stream().map(user -> "'" + user + "'").collect(Collectors.joining(",")), call, KEY);
    }
}
