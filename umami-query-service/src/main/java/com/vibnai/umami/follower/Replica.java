package com.vibnai.umami.follower;

import com.vibnai.umami.identity.AttributionConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** This process among its like: what it may do alone, attribution-service decides. */
@ApplicationScoped
public class Replica {

    private final LeaseClient client;
    private final String bearer;
    private final String name = "replica-" + UUID.randomUUID();

    Replica(@RestClient LeaseClient client, AttributionConfig attribution) {
        this.client = client;
        this.bearer = "Bearer " + attribution.apiKey();
    }

    /** A loop by this replica. */
    public LeasedLoop loop(LeasedTask task, LeasedLoop.Timing timing, Vertx vertx) {
        return new LeasedLoop(task, new Lessor(client, bearer, name), timing, vertx);
    }

    /** Asks in the name of one holder. */
    static final class Lessor {

        private final LeaseClient client;
        private final String bearer;
        private final String holder;

        Lessor(LeaseClient client, String bearer, String holder) {
            this.client = client;
            this.bearer = bearer;
            this.holder = holder;
        }

        Uni<LeaseClient.Follower> lease(String task, long seconds) {
            return client.lease(bearer, task, new LeaseClient.Lease(holder, seconds));
        }

        Uni<LeaseClient.Follower> move(String task, long version, Map<String, Object> position) {
            return client.move(bearer, task, new LeaseClient.Move(holder, version, position));
        }

        Uni<Void> release(String task) {
            return client.release(bearer, task, holder);
        }
    }
}
