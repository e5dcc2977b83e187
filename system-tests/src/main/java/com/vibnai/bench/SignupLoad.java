package com.vibnai.bench;

import java.util.UUID;

/** The signups that are sent: as a backend sends them, after a visit from an ad. */
final class SignupLoad {

    static final String WEBSITE = "b8d100bf-5f36-4246-bd7f-b93fc522aeae";

    private SignupLoad() {}

    /** The body of one signup. */
    static String body(String userId, String session) {
        return """
                {"user_id":"%s","utm_source":"google","utm_medium":"cpc","utm_campaign":"spring-launch",\
                "utm_term":"umami attribution","utm_content":"ad-3","gclid":"Cj0KCQjw6cHoBhDdARIsADiTTzYq",\
                "referrer":"https://www.google.com/","landing_page":"https://app.example.com/pricing?ref=ad",\
                "first_seen_at":"2026-01-05T10:00:00Z"%s}""".formatted(userId, umami(session));
    }

    /** wrk's script: every request another user. */
    static String distinct(boolean linked) {
        return script("string.format('user-%08x%08x%08x', part(), part(), part())", linked);
    }

    /** wrk's script: users who are known, {@code known-00001} and on. */
    static String known(int users) {
        return script("string.format('known-%023d', math.random(" + users + "))", false);
    }

    private static String umami(String session) {
        return session.isEmpty()
                ? ""
                : ",\"umami\":{\"website_id\":\"" + WEBSITE + "\",\"session_id\":\"" + session + "\"}";
    }

    private static String script(String user, boolean linked) {
        String session = linked ? new UUID(0x4d801085375f52d9L, 0x8443058ca5b7d8a2L).toString() : "";
        String placeholder = "@".repeat(29);
        String body = body(placeholder, session);
        return """
                local count = 0
                function setup(thread) thread:set('number', count) count = count + 1 end
                local head, between, tail
                function init()
                    math.randomseed(os.time() * 16 + number)
                    for i = 1, 10 do math.random() end
                    local body = [==[%1$s]==]
                    head = 'POST /v1/attributions HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Type: application/json\\r\\n'
                        .. 'Authorization: Bearer %2$s\\r\\nContent-Length: ' .. #body .. '\\r\\n\\r\\n'
                    local user = body:find('%3$s', 1, true)
                    head = head .. body:sub(1, user - 1)
                    body = body:sub(user + 29)
                    local session = body:find('%4$s', 1, true)
                    if session and #'%4$s' > 0 then
                        between = body:sub(1, session - 1)
                        tail = body:sub(session + 36)
                    else
                        between = body
                    end
                end
                local function part() return math.random(0, 0x7fffffff) end
                function request()
                    local user = %5$s
                    if tail then
                        return head .. user .. between .. string.format('%%08x-%%04x-4%%03x-8%%03x-%%04x%%08x', part(),
                            math.random(0, 0xffff), math.random(0, 0xfff), math.random(0, 0xfff),
                            math.random(0, 0xffff), part()) .. tail
                    end
                    return head .. user .. between
                end
                """.formatted(body, AttributionUnderTest.KEY, placeholder, session, user);
    }
}
