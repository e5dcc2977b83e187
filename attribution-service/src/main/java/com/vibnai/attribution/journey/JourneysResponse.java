package com.vibnai.attribution.journey;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Those who were in some sessions.
 *
 * @param items one for each user; sessions that nobody is linked to have none
 */
@Schema(name = "Journeys")
record JourneysResponse(List<JourneyResponse> items) {}
