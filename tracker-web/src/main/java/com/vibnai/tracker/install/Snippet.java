package com.vibnai.tracker.install;

import com.vibnai.tracker.firstparty.ProxyConfig;
import com.vibnai.tracker.platform.Caller;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The values of the script tag: the operator's, and examples for those that are not configured.
 *
 * @param trackerUrl this service, without a slash at the end
 * @param umamiCollectUrl where the tracker and Umami's script send to
 * @param umamiCollectPath the attribute that says so; empty where Umami's own path is used
 * @param complete whether no value is an example
 */
record Snippet(
        String trackerUrl,
        String umamiWebsiteId,
        String umamiScriptUrl,
        String umamiCollectUrl,
        String umamiCollectPath,
        String attributionUrl,
        String publishableKey,
        boolean complete) {

    private static final String UMAMIS_PATH = "/api/send";

    static Snippet of(TrackerConfig config, ProxyConfig proxy, Caller caller) {
        String base =
                config.publicUrl().map(URI::toString).orElse(caller.baseUrl()).replaceFirst("/+$", "");
        Optional<String> script =
                proxy.umamiUrl().map(url -> base + proxy.scriptPath()).or(config::umamiScriptUrl);
        Optional<String> attribution = proxy.attributionUrl()
                .map(url -> base + proxy.attributionPath())
                .or(config::attributionUrl);
        boolean proxied = proxy.umamiUrl().isPresent();
        String scriptUrl = script.orElse("https://analytics.example.com/script.js");
        String folder = scriptUrl.substring(0, Math.max(scriptUrl.lastIndexOf('/'), 0));
        return new Snippet(
                base,
                config.umamiWebsiteId().orElse("YOUR-UMAMI-WEBSITE-ID"),
                scriptUrl,
                proxied ? base + proxy.collectPath() : folder + UMAMIS_PATH,
                proxied && !(base + proxy.collectPath()).equals(folder + UMAMIS_PATH)
                        ? proxy.collectPath().substring(proxy.scriptPath().lastIndexOf('/'))
                        : "",
                attribution.orElse("https://attribution.example.com").replaceFirst("/+$", ""),
                config.publishableKey().orElse("pk_YOUR_PUBLISHABLE_KEY"),
                config.umamiWebsiteId().isPresent()
                        && script.isPresent()
                        && attribution.isPresent()
                        && config.publishableKey().isPresent());
    }

    /** Origins that the page's checks call, for its Content-Security-Policy. */
    public String origins() {
        return Stream.of(umamiScriptUrl, umamiCollectUrl, attributionUrl)
                .flatMap(url -> origin(url).stream())
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** Where Umami's script comes from. */
    public String scriptOrigin() {
        return origin(umamiScriptUrl).orElse("");
    }

    private static Optional<String> origin(String url) {
        try {
            URI uri = new URI(url);
            return uri.getScheme() == null || uri.getRawAuthority() == null
                    ? Optional.empty()
                    : Optional.of(uri.getScheme() + "://" + uri.getRawAuthority());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
