package com.vibnai.attribution.platform.security;

import com.vibnai.attribution.platform.problem.Problem;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;

/** Says in the contract that every call may be one too many. */
public final class RateLimitContract implements OASFilter {

    private static final String STATUS = "429";

    @Override
    public Operation filterOperation(Operation operation) {
        operation
                .getResponses()
                .addAPIResponse(
                        STATUS,
                        OASFactory.createAPIResponse()
                                .description("Too many calls with this key or from this address; see Retry-After")
                                .content(OASFactory.createContent()
                                        .addMediaType(
                                                Problem.MEDIA_TYPE,
                                                OASFactory.createMediaType()
                                                        .schema(OASFactory.createSchema()
                                                                .ref("#/components/schemas/Problem")))));
        return operation;
    }
}
