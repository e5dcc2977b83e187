package com.vibnai.attribution.acquisition;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SumTest {

    /** Around the ends of what a long holds, too. */
    @Provide
    Arbitrary<List<BigInteger>> values() {
        return Arbitraries.bigIntegers()
                .between(BigInteger.TWO.pow(65).negate(), BigInteger.TWO.pow(65))
                .list()
                .ofMaxSize(30);
    }

    @Property(tries = 500)
    void isExactHoweverLargeItGets(@ForAll("values") List<BigInteger> one, @ForAll("values") List<BigInteger> other) {
        Sum sum = new Sum();
        Sum more = new Sum();

        one.forEach(sum::add);
        other.forEach(more::add);
        sum.add(more);

        BigInteger expected = one.stream().reduce(BigInteger.ZERO, BigInteger::add);
        assertThat(sum.value()).isEqualTo(other.stream().reduce(expected, BigInteger::add));
    }
}
