package com.vibnai.umami.identity;

import com.vibnai.umami.source.Claim;
import com.vibnai.umami.source.Way;
import java.util.List;

/** What one way found in Umami, and what an answer says about it. */
record Finding(Way way, List<Claim> claims, IdentityResponse.Source source) {}
