package com.vibnai.attribution.touch;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a referrer says where a visitor came from. The site itself does not, and neither does an intermediary: a host
 * that only hands the visitor back, like a sign-in or payment page.
 */
public final class ExternalReferrer {

    private static final Set<String> KNOWN_INTERMEDIARIES = Set.of(
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

    private final Set<String> intermediaries;

    /** The built-in intermediaries and {@code more}, hosts in lower case that stand for those below them too. */
    public ExternalReferrer(Collection<String> more) {
        Set<String> all = new HashSet<>(KNOWN_INTERMEDIARIES);
        all.addAll(more);
        this.intermediaries = Set.copyOf(all);
    }

    /** With the built-in intermediaries alone. */
    public ExternalReferrer() {
        this(List.of());
    }

    /** Whether {@code referrer} is another site than the one of {@code landingPage}, and no intermediary. */
    public boolean is(@Nullable String referrer, @Nullable String landingPage) {
        String from = host(referrer);
        return from != null && !isIntermediary(from) && !isSameSite(from, host(landingPage));
    }

    /** The host of an address in lower case, without {@code www.}; absent for what is no absolute address. */
    public static @Nullable String host(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        try {
            String host = new URI(url.strip()).getHost();
            return host == null ? null : withoutWww(host.toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return hostOfOddAddress(url.strip());
        }
    }

    /** Browsers send addresses that RFC 3986 does not allow, {@code https://a.example/?q=a|b} for one. */
    private static @Nullable String hostOfOddAddress(String url) {
        int start = url.indexOf("://");
        if (start <= 0) {
            return null;
        }
        String rest = url.substring(start + 3);
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String host = rest.substring(0, end).replaceFirst(":\\d{1,5}$", "");
        return host.matches("[A-Za-z0-9._-]{1,253}") ? withoutWww(host.toLowerCase(Locale.ROOT)) : null;
    }

    private boolean isIntermediary(String host) {
        for (String rest = host; !rest.isEmpty(); rest = rest.substring(rest.indexOf('.') + 1)) {
            if (intermediaries.contains(rest)) {
                return true;
            }
            if (rest.indexOf('.') < 0) {
                return false;
            }
        }
        return false;
    }

    /** The same host, or one below the other: www.example.com and example.com, app.example.com and example.com. */
    private static boolean isSameSite(String from, @Nullable String landing) {
        return landing != null
                && (from.equals(landing) || from.endsWith("." + landing) || landing.endsWith("." + from));
    }

    private static String withoutWww(String host) {
        return host.startsWith("www.") ? host.substring("www.".length()) : host;
    }
}
