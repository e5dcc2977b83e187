package com.vibnai.umami.outage;

import com.vibnai.umami.UmamiStack;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Umami's database on a server of its own, and patience that is short enough to wait for. */
public final class OutageStack implements QuarkusTestResourceLifecycleManager {

    private static OwnPostgres umami;
    private final UmamiStack stack = new UmamiStack();

    @Override
    public Map<String, String> start() {
        umami = new OwnPostgres();
        Map<String, String> settings = new HashMap<>(stack.start());
        settings.put("UMAMI_DB_URL", umami.reactiveUrl());
        settings.put("umami.query.statement-timeout", "2s");
        settings.put("umami.query.timeout", "4s");
        settings.put("umami.query.acquire-timeout", "2s");
        settings.put("umami.query.silence", "6s");
        return settings;
    }

    @Override
    public void stop() {
        stack.stop();
        umami.close();
    }

    static OwnPostgres umami() {
        return umami;
    }
}
