package com.vibnai.tracker.touch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.tracker.platform.ApiException;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptTouchesTest {

    private static final String TIME = "\"first_seen_at\":\"2026-11-20T09:30:00.000Z\"";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"since\":\"2026-11-20T09:30:00.000Z\"}",
                "{\"first\":{" + TIME + "}}",
                "{\"first\":{\"utm_source\":\"google\",\"gclid\":\"Cj0KCQ\",\"_kx\":\"a.b\",\"referrer\":\"https://www.google.com/\","
                        + "\"landing_page\":\"https://www.example.com/?utm_source=google&gclid=Cj0KCQ\"," + TIME
                        + "},\"last\":{" + TIME
                        + "}}",
                "{\"first\":{\"utm_campaign\":\"Frühling 100% | \\\"so\\\" & (mehr)!~'*;,\",\"referrer\":\"android-app://com.google.android.gm/\","
                        + TIME + "}}",
                "{\"first\":{\"landing_page\":\"https://www.example.com/ä b/[x]{y}|z^`%?utm_source=%zz\"," + TIME + "}}"
            })
    void takesWhatTheTrackerWrites(String json) {
        String value = KeptTouches.parse(json).cookieValue();

        assertThat(URLDecoder.decode(value, StandardCharsets.UTF_8)).isEqualTo(json);
        assertThat(value).matches("[A-Za-z0-9_.!~*'()%-]*");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "7",
                "[]",
                "\"text\"",
                "{",
                "{} {}",
                "{\"first\":null}",
                "{\"first\":[]}",
                "{\"first\":{}}",
                "{\"first\":{\"utm_source\":\"google\"}}",
                "{\"first\":{\"email\":\"ada@example.com\"," + TIME + "}}",
                "{\"first\":{\"utm_source\":7," + TIME + "}}",
                "{\"first\":{\"utm_source\":\"\"," + TIME + "}}",
                "{\"first\":{\"utm_source\":{\"a\":\"b\"}," + TIME + "}}",
                "{\"first\":{\"utm_source\":\"a\\r\\nSet-Cookie: x=y\"," + TIME + "}}",
                "{\"first\":{\"utm_source\":\"a\",\"utm_source\":\"b\"," + TIME + "}}",
                "{\"first\":{\"first_seen_at\":\"yesterday\"}}",
                "{\"first\":{\"first_seen_at\":1732095000}}",
                "{\"first\":{\"landing_page\":\"javascript:alert(1)\"," + TIME + "}}",
                "{\"first\":{\"referrer\":\"www.google.com\"," + TIME + "}}",
                "{\"since\":\"soon\"}",
                "{\"user_id\":\"ada\"}",
                "{\"first\":{" + TIME + "},\"__proto__\":{}}"
            })
    void refusesAnythingElse(String json) {
        assertThatThrownBy(() -> KeptTouches.parse(json)).isInstanceOf(ApiException.class);
    }

    @Test
    void refusesWhatIsLongerThanACookie() {
        // 2,000 characters, but 6,000 when encoded.
        String json =
                "{\"first\":{\"landing_page\":\"https://www.example.com/" + "ä".repeat(1900) + "\"," + TIME + "}}";

        assertThatThrownBy(() -> KeptTouches.parse(json)).isInstanceOf(ApiException.class);
        assertThatThrownBy(() -> KeptTouches.parse("{" + " ".repeat(3000) + "}"))
                .isInstanceOf(ApiException.class);
    }

    @Property
    void refusesArbitraryTextWithAProblemOrTakesItWhole(@ForAll String text) {
        try {
            assertThat(KeptTouches.parse(text).cookieValue().length()).isLessThanOrEqualTo(KeptTouches.LONGEST);
        } catch (ApiException e) {
            assertThat(e).hasMessage("The request has invalid fields.");
        }
    }

    @Test
    void knowsTheTrackersOwnListOfParameters() throws IOException {
        String source = Files.readString(Path.of("src", "main", "webui", "src", "parameters.ts"));
        Matcher list = Pattern.compile("\"([a-z_ ]+)\"\\.split").matcher(source);

        assertThat(list.find()).isTrue();
        assertThat(KeptTouches.PARAMETERS)
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(list.group(1).split(" ")));
    }
}
