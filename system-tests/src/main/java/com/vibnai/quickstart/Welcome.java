package com.vibnai.quickstart;

import com.vibnai.quickstart.demo.DemoData;
import java.nio.file.Path;
import java.util.Map;

/** What is running where, and what to try. */
final class Welcome {

    private Welcome() {}

    static String text(Map<String, String> values, Path envFile, boolean demoData) {
        String user = demoData ? DemoData.FIRST_USER : "user-1";
        return """

                Everything is up.

                  Start here             %1$s/ad
                                         an "ad" that leads to the demo site: click it, look around, sign up
                  The console            %3$s/console/
                                         what brings users, and one user's whole story, live
                  The admin's view       %2$s/admin
                  Install page           %3$s/
                  attribution-service    %4$s
                  umami-query-service    %5$s
                  Umami (stand-in)       %6$s

                Try:

                  # Which ad brought this user?
                  curl -s -H 'Authorization: Bearer %7$s' %4$s/v1/attributions/%8$s

                  # What did they do before they signed up?
                  curl -s -H 'Authorization: Bearer %7$s' %5$s/v1/users/%8$s/profile

                  # A signup, as your server would report it:
                  curl -s -H 'Authorization: Bearer %9$s' -H 'Content-Type: application/json' \\
                    -d '{"user_id":"me","utm_source":"newsletter","utm_campaign":"friday"}' %4$s/v1/attributions

                Addresses and keys for scripts: %10$s
                Ctrl-C ends everything and leaves nothing behind.
                """.formatted(
                        values.getOrDefault("DEMO_SITE_URL", "").replace("localhost", "127.0.0.1"),
                        values.get("DEMO_SITE_URL"),
                        values.get("TRACKER_URL"),
                        values.get("ATTRIBUTION_URL"),
                        values.get("UMAMI_QUERY_URL"),
                        values.get("UMAMI_URL"),
                        values.get("READ_KEY"),
                        user,
                        values.get("SERVER_KEY"),
                        envFile);
    }
}
