package com.vibnai.attribution.acquisition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes down what was counted. */
record Answer(AcquisitionQuery query, Periods periods, Groups groups, Tally tally, Tally before) {

    /** With the groups that are shown, of so many. */
    AcquisitionResponse toResponse(List<Integer> shown, int all, Instant now) {
        List<GroupResponse> written = new ArrayList<>();
        for (int place = 0; place < shown.size(); place++) {
            written.add(new GroupResponse(
                    groups.value(shown.get(place)).get(0),
                    tally.figures(Side.FIRST, place),
                    tally.figures(Side.LAST, place),
                    previous(Side.FIRST, place),
                    previous(Side.LAST, place),
                    tally.trend(place)));
        }
        return new AcquisitionResponse(
                query.by().label(),
                query.touch(),
                query.interval().name().toLowerCase(Locale.ROOT),
                query.range().zoneName(),
                query.range().from(),
                query.range().to(),
                periods.labels(),
                tally.totals(),
                previousTotals(),
                written,
                all > shown.size() ? other(all - shown.size()) : null,
                now);
    }

    private OtherResponse other(int count) {
        int place = tally.others();
        return new OtherResponse(
                count,
                tally.figures(Side.FIRST, place),
                tally.figures(Side.LAST, place),
                previous(Side.FIRST, place),
                previous(Side.LAST, place),
                tally.trend(place));
    }

    private @Nullable FiguresResponse previous(Side side, int place) {
        return query.previous() == null ? null : before.figures(side, place);
    }

    private AcquisitionResponse.@Nullable Previous previousTotals() {
        TimeRange range = query.previous();
        return range == null ? null : new AcquisitionResponse.Previous(range.from(), range.to(), before.totals());
    }
}
