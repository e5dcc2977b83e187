package com.vibnai.attribution.firsttouch;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.touch.TouchResponse;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Rule 1 on the real database, for any touches in any order. Every field of a touch carries the touch's number. */
class FirstTouchPropertyTest {

    private static final Pattern NUMBER = Pattern.compile("-(\\d+)$");

    private static WriterStage stage;

    @BeforeContainer
    static void open() {
        stage = new WriterStage();
    }

    @AfterContainer
    static void close() {
        stage.close();
    }

    /** The signups of one user, in order, cut into batches of these sizes. */
    @Property(tries = 60)
    void touchesInOrderEndInTheFirstNonDirectOneHoweverTheyAreBatched(
            @ForAll @Size(min = 1, max = 12) List<Boolean> direct, @ForAll @IntRange(min = 1, max = 12) int batch) {
        String user = WriterStage.newUser();
        List<Signup> signups = signups(user, direct);

        List<SignupResponse> answers = new ArrayList<>();
        for (int start = 0; start < signups.size(); start += batch) {
            answers.addAll(stage.writer
                    .write(signups.subList(start, Math.min(signups.size(), start + batch)))
                    .await()
                    .indefinitely());
        }

        int first = direct.indexOf(false);
        AttributionResponse record = answers.get(answers.size() - 1).attribution();
        assertThat(numbers(record)).containsExactly(Math.max(first, 0));
        assertThat(record.signedUpAt()).isEqualTo(signups.get(0).signedUpAt());
        assertThat(outcomes(answers, Outcome.CREATED)).containsExactly(0);
        assertThat(outcomes(answers, Outcome.UPGRADED)).isEqualTo(first > 0 ? List.of(first) : List.of());
        assertReplaced(record, first > 0 ? Optional.of(0) : Optional.empty());
    }

    /** The same signups at once, each in a transaction of its own or in batches that race. */
    @Property(tries = 40)
    void touchesAtOnceEndInOneWholeTouchAndNonDirectIfThereIsOne(
            @ForAll @Size(min = 2, max = 12) List<Boolean> direct, @ForAll @IntRange(min = 1, max = 4) int batch) {
        String user = WriterStage.newUser();
        List<Signup> signups = signups(user, direct);

        List<Uni<List<SignupResponse>>> writes = IntStream.iterate(0, start -> start < signups.size(), s -> s + batch)
                .mapToObj(start -> stage.writer.write(signups.subList(start, Math.min(signups.size(), start + batch))))
                .toList();
        List<SignupResponse> answers = Uni.join().all(writes).andFailFast().await().indefinitely().stream()
                .flatMap(List::stream)
                .toList();

        AttributionResponse record = stage.writer
                .write(List.of(WriterStage.signup(user, 99, true)))
                .await()
                .indefinitely()
                .get(0)
                .attribution();
        Set<Integer> numbers = numbers(record);
        assertThat(numbers).hasSize(1);
        assertThat(direct.get(numbers.iterator().next())).isEqualTo(!direct.contains(false));
        assertThat(outcomes(answers, Outcome.CREATED)).hasSize(1);
        assertThat(outcomes(answers, Outcome.UPGRADED)).hasSize(record.replaced() == null ? 0 : 1);
        if (record.replaced() != null) {
            assertThat(record.replaced().touch().direct()).isTrue();
            assertReplaced(record, Optional.of(number(record.replaced().touch().landingPage())));
        }
    }

    /** Users share batches, and nobody gets a field of somebody else's. */
    @Property(tries = 40)
    void usersInOneBatchDoNotMix(@ForAll @Size(min = 1, max = 40) List<@IntRange(max = 5) Integer> users) {
        String run = WriterStage.newUser();
        List<Signup> batch = IntStream.range(0, users.size())
                .mapToObj(i -> WriterStage.signup(run + users.get(i), i, i % 3 == 0))
                .toList();

        List<SignupResponse> answers = stage.writer.write(batch).await().indefinitely();

        for (int i = 0; i < batch.size(); i++) {
            int user = users.get(i);
            List<Integer> own = IntStream.range(0, users.size())
                    .filter(j -> users.get(j) == user)
                    .boxed()
                    .toList();
            int expected = own.stream().filter(j -> j % 3 != 0).findFirst().orElse(own.get(0));
            assertThat(answers.get(i).attribution().userId()).isEqualTo(run + user);
            assertThat(numbers(answers.get(i).attribution())).containsExactly(expected);
            assertThat(answers.get(i).created()).isEqualTo(i == own.get(0));
        }
    }

    private static List<Signup> signups(String user, List<Boolean> direct) {
        return IntStream.range(0, direct.size())
                .mapToObj(i -> WriterStage.signup(user, i, direct.get(i)))
                .toList();
    }

    private static List<Integer> outcomes(List<SignupResponse> answers, Outcome outcome) {
        return IntStream.range(0, answers.size())
                .filter(i -> answers.get(i).outcome() == outcome)
                .boxed()
                .toList();
    }

    private static void assertReplaced(AttributionResponse record, Optional<Integer> number) {
        if (number.isEmpty()) {
            assertThat(record.replaced()).isNull();
            return;
        }
        ReplacedResponse replaced = record.replaced();
        Set<Integer> numbers = numbers(replaced.touch());
        numbers.addAll(numbers(replaced.lastTouch()));
        numbers.add(number(replaced.recordedBy()));
        assertThat(numbers).containsExactly(number.get());
        assertThat(replaced.trust()).isEqualTo("server");
        assertThat(replaced.source()).isEqualTo("server");
        assertThat(replaced.channel()).isEqualTo("Direct");
        assertThat(replaced.channelRule()).isEqualTo("direct");
        assertThat(replaced.channelRuleset()).isEqualTo(record.channelRuleset());
        assertThat(replaced.because()).isEqualTo("direct_before_non_direct");
        assertThat(replaced.at()).isNotNull();
    }

    /** The numbers in all that came with the touch: one, or fields of two touches were mixed. */
    private static Set<Integer> numbers(AttributionResponse record) {
        Set<Integer> numbers = numbers(record.firstTouch());
        numbers.addAll(numbers(record.lastTouch()));
        numbers.add(number(record.recordedBy()));
        return numbers;
    }

    private static Set<Integer> numbers(TouchResponse touch) {
        List<String> fields = new ArrayList<>(touch.clickIds().values());
        fields.add(touch.utmSource());
        fields.add(touch.utmMedium());
        fields.add(touch.utmCampaign());
        fields.add(touch.utmTerm());
        fields.add(touch.utmContent());
        fields.add(touch.utmId());
        fields.add(touch.utmSourcePlatform());
        fields.add(touch.referrer());
        fields.add(touch.landingPage());
        fields.add("-" + touch.firstSeenAt().getEpochSecond() % 86_400);
        Set<Integer> numbers = new TreeSet<>();
        fields.stream().filter(field -> field != null).forEach(field -> numbers.add(number(field)));
        assertThat(fields.stream().filter(field -> field == null).count()).isEqualTo(touch.direct() ? 7 : 0);
        return numbers;
    }

    private static int number(String text) {
        Matcher matcher = NUMBER.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return Integer.parseInt(matcher.group(1));
    }
}
