package com.vibnai.tracker.touch;

import com.google.common.net.InternetDomainName;
import java.util.Locale;
import java.util.Optional;

/** Which hosts are one site, by the public suffix list. */
final class Site {

    private Site() {}

    /**
     * The widest domain of a host that takes a cookie: {@code example.co.uk} for {@code app.example.co.uk},
     * {@code me.github.io} for itself. Empty for an address, for a name of one label, and for a public suffix.
     */
    static Optional<String> registrableDomain(String host) {
        if (!InternetDomainName.isValid(host)) {
            return Optional.empty();
        }
        InternetDomainName name = InternetDomainName.from(host);
        if (name.isPublicSuffix()) {
            return Optional.empty();
        }
        if (name.hasPublicSuffix()) {
            return Optional.of(name.topPrivateDomain().toString());
        }
        // The list's own rule for ends that it does not know, such as an intranet's.
        int labels = name.parts().size();
        return labels < 2
                ? Optional.empty()
                : Optional.of(String.join(".", name.parts().subList(labels - 2, labels)));
    }

    /** Whether nobody may have a cookie for this domain: a suffix such as {@code co.uk}, an address, a single label. */
    static boolean isShared(String domain) {
        return registrableDomain(domain).isEmpty();
    }

    /** Whether {@code host} is {@code domain} or below it. */
    static boolean isWithin(String host, String domain) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals(domain) || lower.endsWith("." + domain);
    }
}
