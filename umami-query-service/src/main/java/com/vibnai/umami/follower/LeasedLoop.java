package com.vibnai.umami.follower;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes a task's steps while this replica holds its lease; the others stand by. The position is moved from the version
 * that came with the lease, so a replica that was frozen for longer than its lease finds that it has been replaced.
 */
public final class LeasedLoop {

    private static final Logger LOG = Logger.getLogger(LeasedLoop.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final LeasedTask task;
    private final Replica.Lessor lessor;
    private final Timing timing;
    private final Context context;
    private volatile State state = new State(Status.STANDBY, Map.of(), null);
    private Duration pause;
    private @Nullable Long timer;
    private boolean stopped;

    LeasedLoop(LeasedTask task, Replica.Lessor lessor, Timing timing, Vertx vertx) {
        this.task = task;
        this.lessor = lessor;
        this.timing = timing;
        this.context = vertx.getOrCreateContext();
        this.pause = timing.interval;
    }

    /**
     * How often.
     *
     * @param interval between two steps when there is nothing more to do
     * @param lease for which others stand by after the last sign of life; longer than a step takes
     */
    public record Timing(Duration interval, Duration lease) {}

    /** What the loop does. */
    public enum Status {
        /** It takes the steps. */
        ACTIVE,
        /** Another replica does, or nobody yet. */
        STANDBY,
        /** The last step failed; it tries on. */
        FAILING
    }

    /**
     * How it stands.
     *
     * @param position the last one known
     * @param detail why it fails
     */
    public record State(
            Status status,
            Map<String, Object> position,
            @Nullable String detail) {}

    /** Begins. */
    public void start() {
        context.runOnContext(ignored -> round());
    }

    /** Ends after the step that is being taken, and lets another replica go on. */
    public void stop() {
        context.runOnContext(ignored -> {
            stopped = true;
            if (timer != null) {
                context.owner().cancelTimer(timer);
            }
            lessor.release(task.name()).subscribe().with(done -> {}, failure -> LOG.debugf("%s", failure.getMessage()));
        });
    }

    /** How it stands now. */
    public State state() {
        return state;
    }

    private void round() {
        timer = null;
        if (!stopped) {
            VertxContext.createNewDuplicatedContext(context).runOnContext(ignored -> Uni.createFrom()
                    .deferred(this::step)
                    .subscribe()
                    .with(
                            step -> context.runOnContext(back -> went(step)),
                            failure -> context.runOnContext(back -> failed(failure))));
        }
    }

    private Uni<LeasedTask.Step> step() {
        return lessor.lease(task.name(), timing.lease.toSeconds()).flatMap(follower -> {
            Map<String, Object> position = follower.position() == null ? Map.of() : follower.position();
            return task.step(position)
                    .call(step -> step.position().equals(position)
                            ? Uni.createFrom().voidItem()
                            : lessor.move(task.name(), follower.version(), step.position()));
        });
    }

    private void went(LeasedTask.Step step) {
        state = new State(Status.ACTIVE, step.position(), null);
        pause = timing.interval;
        again(step.more() ? Duration.ofMillis(1) : timing.interval);
    }

    private void failed(Throwable failure) {
        if (failure instanceof LeaseClient.Refused refused && refused.isTaken()) {
            state = new State(Status.STANDBY, state.position, null);
            again(timing.interval);
            return;
        }
        if (state.status != Status.FAILING) {
            LOG.warnf("%s: %s", task.name(), failure.getMessage());
        }
        state = new State(Status.FAILING, state.position, failure.getMessage());
        again(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }

    private void again(Duration after) {
        if (!stopped) {
            timer = context.owner().setTimer(after.toMillis(), fired -> context.runOnContext(ignored -> round()));
        }
    }
}
