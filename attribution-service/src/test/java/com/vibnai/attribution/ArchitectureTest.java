package com.vibnai.attribution;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** The shape that STYLE asks for. */
class ArchitectureTest {

    private static final JavaClasses SERVICE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("com.vibnai.attribution");

    @Test
    void rulesOfTheDomainKnowNoFramework() {
        classes()
                .that()
                .haveSimpleName("Touch")
                .or()
                .haveSimpleName("Campaign")
                .or()
                .haveSimpleName("ExternalReferrer")
                .or()
                .haveSimpleName("TouchReader")
                .or()
                .haveSimpleName("Evidence")
                .or()
                .haveSimpleName("Sources")
                .or()
                .haveSimpleName("RuleSet")
                .or()
                .haveSimpleName("UserSignups")
                .or()
                .haveSimpleName("Ownership")
                .or()
                .haveSimpleName("Link")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.vibnai.attribution.firsttouch",
                        "com.vibnai.attribution.touch",
                        "com.vibnai.attribution.channel",
                        "com.vibnai.attribution.identity")
                .check(SERVICE);
    }

    @Test
    void dependenciesComeThroughConstructors() {
        noFields().should().beAnnotatedWith(Inject.class).check(SERVICE);
    }

    @Test
    void resourcesLeaveTheDatabaseAlone() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Resource")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.vertx.mutiny.sqlclient..", "io.vertx.sqlclient..")
                .check(SERVICE);
    }

    @Test
    void nothingWaits() {
        noClasses()
                .should()
                .callMethodWhere(JavaCall.Predicates.target(HasName.Predicates.name("await")))
                .check(SERVICE);
    }

    @Test
    void featuresFormNoCycles() {
        slices().matching("com.vibnai.attribution.(*)..")
                .should()
                .beFreeOfCycles()
                .check(SERVICE);
    }
}
