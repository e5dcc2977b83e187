package com.vibnai.attribution.identity;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Answer to a link.
 *
 * @param created whether it is new; a link that was known already is not stored twice
 */
@Schema(name = "IdentityLinkResult")
public record LinkResponse(boolean created) {}
