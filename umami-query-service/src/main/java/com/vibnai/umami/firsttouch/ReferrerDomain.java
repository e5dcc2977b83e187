package com.vibnai.umami.firsttouch;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the referrer of an event says where a visitor came from. Umami keeps the own host as one, too (to 3.3), and an
 * intermediary, a sign-in or payment page, only hands the visitor back. attribution-service has the last word on this.
 */
final class ReferrerDomain {

    private static final Set<String> INTERMEDIARIES = Set.of(
            "accounts.google.com",
            "appleid.apple.com",
            "login.microsoftonline.com",
            "login.live.com",
            "login.yahoo.com",
            "auth0.com",
            "okta.com",
            "checkout.stripe.com",
            "hooks.stripe.com",
            "billing.stripe.com",
            "paypal.com",
            "pay.google.com",
            "klarna.com");

    private ReferrerDomain() {}

    static boolean isExternal(@Nullable String domain, @Nullable String hostname) {
        if (domain == null || domain.isBlank()) {
            return false;
        }
        String from = plain(domain);
        return INTERMEDIARIES.stream().noneMatch(known -> isWithin(from, known)) && !isSameSite(from, hostname);
    }

    private static boolean isSameSite(String from, @Nullable String hostname) {
        if (hostname == null) {
            return false;
        }
        String here = plain(hostname);
        return isWithin(from, here) || isWithin(here, from);
    }

    private static boolean isWithin(String host, String domain) {
        return host.equals(domain) || host.endsWith("." + domain);
    }

    private static String plain(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("www.") ? lower.substring("www.".length()) : lower;
    }
}
