package com.vibnai.attribution.firsttouch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a referrer says where a visitor came from. The site itself does not, and neither does an intermediary: a host
 * that only hands the visitor back, like a sign-in or payment page.
 */
public final class ExternalReferrer {

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
            "js.stripe.com",
            "billing.stripe.com",
            "paypal.com",
            "pay.google.com",
            "klarna.com",
            "3dsecure.io");

    private ExternalReferrer() {}

    /** Whether {@code referrer} is another site than the one of {@code landingPage}, and no intermediary. */
    public static boolean is(@Nullable String referrer, @Nullable String landingPage) {
        String from = host(referrer);
        return from != null && !isIntermediary(from) && !isSameSite(from, host(landingPage));
    }

    private static boolean isIntermediary(String host) {
        return INTERMEDIARIES.stream().anyMatch(known -> host.equals(known) || host.endsWith("." + known));
    }

    /** The same host, or one below the other: www.example.com and example.com, app.example.com and example.com. */
    private static boolean isSameSite(String from, @Nullable String landing) {
        return landing != null
                && (from.equals(landing) || from.endsWith("." + landing) || landing.endsWith("." + from));
    }

    private static @Nullable String host(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        try {
            String host = new URI(url.strip()).getHost();
            return host == null ? null : withoutWww(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return null;
        }
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }
}
