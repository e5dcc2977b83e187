package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.touch.Touch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Signups of one user that are written together, in order of arrival, and the rule among them: the first touch stays,
 * unless it is direct and a later one is not. What the database holds already comes before all of them.
 */
final class UserSignups {

    private final List<Integer> places = new ArrayList<>();
    private final Signup first;
    private @Nullable Signup upgrade;
    private int upgradePlace = -1;

    private UserSignups(Signup first) {
        this.first = first;
    }

    /** The signups of a batch by user. */
    static Collection<UserSignups> of(List<Signup> batch) {
        Map<String, UserSignups> byUser = new LinkedHashMap<>();
        for (int place = 0; place < batch.size(); place++) {
            Signup signup = batch.get(place);
            byUser.computeIfAbsent(signup.userId(), id -> new UserSignups(signup))
                    .add(signup, place);
        }
        return byUser.values();
    }

    private void add(Signup signup, int place) {
        places.add(place);
        if (upgradePlace < 0 && !signup.firstTouch().direct()) {
            upgradePlace = place;
            upgrade = places.size() == 1 ? null : signup;
        }
    }

    String userId() {
        return first.userId();
    }

    /** The one that came first: it dates the signup. */
    Signup first() {
        return first;
    }

    /** The one whose touch is kept if the database holds none yet. */
    Signup kept() {
        return upgrade == null ? first : upgrade;
    }

    /** The direct touch that gave way among them, if one did. */
    @Nullable
    Touch replaced() {
        return upgrade == null ? null : first.firstTouch();
    }

    /** Places in the batch. */
    List<Integer> places() {
        return places;
    }

    /**
     * What the signup at {@code place} did.
     *
     * @param created the batch made the record
     * @param changed the batch made or upgraded it
     */
    Outcome outcome(int place, boolean created, boolean changed) {
        if (created && place == places.get(0)) {
            return Outcome.CREATED;
        }
        return changed && place == upgradePlace ? Outcome.UPGRADED : Outcome.KEPT;
    }
}
