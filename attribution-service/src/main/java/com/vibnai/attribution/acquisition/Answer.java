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
        for (int group : shown) {
            written.add(new GroupResponse(
                    groups.value(group).get(0),
                    tally.figures(Side.FIRST, group),
                    tally.figures(Side.LAST, group),
                    previous(Side.FIRST, group),
                    previous(Side.LAST, group),
                    tally.trend(group)));
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
        return new OtherResponse(
                count,
                tally.figures(Side.FIRST, Tally.OTHERS),
                tally.figures(Side.LAST, Tally.OTHERS),
                previous(Side.FIRST, Tally.OTHERS),
                previous(Side.LAST, Tally.OTHERS),
                tally.trend(Tally.OTHERS));
    }

    private @Nullable FiguresResponse previous(Side side, int group) {
        return query.previous() == null ? null : before.figures(side, group);
    }

    private AcquisitionResponse.@Nullable Previous previousTotals() {
        TimeRange range = query.previous();
        return range == null ? null : new AcquisitionResponse.Previous(range.from(), range.to(), before.totals());
    }
}
