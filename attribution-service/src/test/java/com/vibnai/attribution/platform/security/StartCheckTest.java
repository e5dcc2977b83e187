package com.vibnai.attribution.platform.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which configurations are refused in production; that the packaged service refuses them is shown by PackagedServiceIT. */
class StartCheckTest {

    private static final String GOOD = "3f1c9a7be2d84460b5a1c0ffee93d27a";

    private static final Map<String, String> RIGHT = Map.of(
            "attribution.api-keys.server.digest",
            ApiKeys.sha256("sk_" + GOOD),
            "attribution.api-keys.server.scopes",
            "ingest",
            "attribution.browser.allowed-origins",
            "https://www.shop.test",
            "attribution.browser.signing-secrets",
            GOOD,
            "attribution.read-tokens.secrets",
            GOOD);

    private static List<String> problems(Map<String, String> settings) {
        return StartCheck.problems(new SmallRyeConfigBuilder()
                .withMapping(SecurityConfig.class)
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .build()
                .getConfigMapping(SecurityConfig.class));
    }

    @Test
    void findsNothingWrongWithARightConfiguration() {
        assertThat(problems(RIGHT)).isEmpty();
    }

    @Test
    void refusesAServiceThatNobodyCouldCall() {
        assertThat(problems(Map.of())).singleElement().asString().startsWith("No key is configured");
    }

    @Test
    void takesAnyKindOfKey() {
        assertThat(problems(Map.of("attribution.browser.publishable-keys", "pk_12345678")))
                .isEmpty();
        assertThat(problems(Map.of("attribution.oidc.issuer", "https://login.shop.test")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "attribution.browser.allowed-origins | * | ALLOWED_ORIGINS has a wildcard",
                "attribution.browser.allowed-origins | https://a.test,https://*.b.test | ALLOWED_ORIGINS has a wildcard",
                "attribution.browser.allowed-origins | /https://.*/ | ALLOWED_ORIGINS has a wildcard",
                "attribution.console.origins | https://*.b.test | CONSOLE_ORIGINS has a wildcard",
                "attribution.browser.proof | optional | ATTRIBUTION_BROWSER_PROOF is `optional`",
                "attribution.browser.signing-secrets | tooshort | SIGNING_SECRETS has a secret that is short",
                "attribution.browser.signing-secrets | change-me-change-me-change-me-change-me | SIGNING_SECRETS has",
                "attribution.browser.signing-secrets | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa | SIGNING_SECRETS has",
                "attribution.browser.signing-secrets | 3f1c9a7be2d84460b5a1c0ffee93d27a,your-secret-of-32-characters-here | SIGNING_SECRETS has",
                "attribution.read-tokens.secrets | an-example-secret-0123456789abcdef | READ_TOKEN_SECRET has"
            })
    void saysInOneSentenceWhatIsWrong(String name, String value, String said) {
        Map<String, String> settings = new HashMap<>(RIGHT);
        settings.put(name, value);

        assertThat(problems(settings)).singleElement().asString().contains(said);
    }

    @Test
    void refusesAKeyThatEverybodyKnows() {
        Map<String, String> settings = new HashMap<>(RIGHT);
        settings.put("attribution.api-keys.server.digest", ApiKeys.sha256("changeme"));

        assertThat(problems(settings)).singleElement().asString().contains("API key `server`");
    }
}
