package io.millrace.gateway.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "'',orders,true",
        "*,orders,true",
        "orders,orders,true",
        "orders,orders-2,false",
        "or*,orders,true",
        "*ers,orders,true",
        "o*d*s,orders,true",
        "o?ders,orders,true",
        "o?ers,orders,false",
        "*aab,aaaaab,true",
        "?,'',false"
    })
    void starsStandForAnyCharactersAndQuestionMarksForOne(String pattern, String name, boolean fits) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(fits);
    }
}
