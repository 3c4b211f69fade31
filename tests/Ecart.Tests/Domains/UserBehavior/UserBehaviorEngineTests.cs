using Ecart.Detection;
using Ecart.Domains.UserBehavior;
using Ecart.Rules;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.UserBehavior;

public sealed class UserBehaviorEngineTests
{
    [Fact]
    public void Score_UsualAction_IsNoAnomalyAndLearned()
    {
        Verdict verdict = new UserRun().WithHabit().Score(UserCase.At(-110, resource: "/page2"));
        Assert.False(verdict.IsAnomaly);
        Assert.True(verdict.IsLearned);
        Assert.Empty(UserRun.Codes(verdict));
        Assert.Equal(UserBehaviorLayout.Version, verdict.EmbeddingVersion);
        Assert.InRange(verdict.RankScore, 0, 0.5);
    }

    [Fact]
    public void Score_NewUser_SaysSoAndFlagsNothing()
    {
        Verdict verdict = new UserRun().Score(UserCase.At(0));
        Evidence evidence = Assert.Single(verdict.Evidence.ToArray());
        Assert.Equal(EvidenceCode.NewProfile, evidence.Code);
        Assert.Equal("This user has 0 normal events so far; 10 make a profile.", EvidenceText.Describe(in evidence));
        Assert.False(verdict.IsAnomaly);
    }

    [Fact]
    public void Score_NewDeviceCountryNetworkAndHour_AreEachTold()
    {
        Verdict verdict = new UserRun().WithHabit().Score(UserCase.At(900, device: "telephone", country: "US", ip: "203.0.113.5", resource: "/secret"));
        string[] codes = UserRun.Codes(verdict);
        foreach (string code in new[] { EvidenceCode.NewDevice, EvidenceCode.NewPlace, EvidenceCode.NewNetwork, EvidenceCode.NewResource })
            Assert.Contains(code, codes);
        double novelty = verdict.Evidence.ToArray().Where(evidence => evidence.Code.StartsWith("new_", StringComparison.Ordinal)).Sum(evidence => evidence.Contribution);
        Assert.InRange(novelty, 0.3, 0.4500001);
    }

    [Fact]
    public void Score_HourHardlyEverSeen_IsTold() =>
        Assert.Contains(EvidenceCode.UnusualHour, UserRun.Codes(new UserRun().WithHabit().Score(UserCase.At(60 * 14, resource: "/page2"))));

    [Fact]
    public void Score_FailuresFromANewDevice_DoNotMakeItKnown()
    {
        UserRun run = new UserRun().WithHabit();
        for (int i = 0; i < 4; i++) run.Feed(UserCase.At(i, type: "login", outcome: ActionOutcome.Failure, device: "stranger"));
        Assert.Contains(EvidenceCode.NewDevice, UserRun.Codes(run.Score(UserCase.At(30, device: "stranger"))));
    }

    [Fact]
    public void Score_TooFarForTheTime_IsImpossibleTravel()
    {
        UserRun run = new UserRun().WithHabit(latitude: 48.86, longitude: 2.35);
        run.Feed(UserCase.At(-100, latitude: 48.86, longitude: 2.35));
        Evidence evidence = run.Score(UserCase.At(-40, country: "US", latitude: 40.71, longitude: -74.01)).Evidence.ToArray()
            .Single(found => found.Code == EvidenceCode.ImpossibleTravel);
        Assert.Equal(0.5, evidence.Contribution);
        Assert.Equal("The user was 5837 km away 60 minutes before: 5837 km/h.", EvidenceText.Describe(in evidence));
        Assert.DoesNotContain(EvidenceCode.ImpossibleTravel, UserRun.Codes(run.Score(UserCase.At(600, country: "US", latitude: 40.71, longitude: -74.01))));
    }

    [Fact]
    public void Score_OtherCountryWithinTwoHoursWithoutPositions_IsImpossibleTravel()
    {
        UserRun run = new UserRun().WithHabit();
        run.Feed(UserCase.At(-100));
        Assert.Contains(EvidenceCode.ImpossibleTravel, UserRun.Codes(run.Score(UserCase.At(19, country: "DE"))));
        Assert.DoesNotContain(EvidenceCode.ImpossibleTravel, UserRun.Codes(run.Score(UserCase.At(20, country: "DE"))));
    }

    [Fact]
    public void Score_FailedGuessFromElsewhere_PutsTheUserNowhere()
    {
        UserRun run = new UserRun().WithHabit();
        run.Feed(UserCase.At(-100, country: "CN", outcome: ActionOutcome.Failure));
        Assert.DoesNotContain(EvidenceCode.ImpossibleTravel, UserRun.Codes(run.Score(UserCase.At(-90))));
    }

    [Fact]
    public void Score_TwoDevicesInTwoCountriesByTurns_AreSharedCredentials()
    {
        UserRun run = new UserRun().WithHabit();
        run.Feed(UserCase.At(-60));
        run.Feed(UserCase.At(-50, device: "other", ip: "198.51.100.9", country: "DE"));
        Evidence evidence = run.Score(UserCase.At(-40)).Evidence.ToArray().Single(found => found.Code == EvidenceCode.SharedCredentials);
        Assert.Equal((2, 2), ((int)evidence.Observed, (int)evidence.Significance));
    }

    [Fact]
    public void Score_ComputerAndTelephoneOfOnePersonByTurns_AreNoSharedCredentials()
    {
        UserRun run = new UserRun().WithHabit();
        for (int i = 0; i < 10; i++)
        {
            Verdict verdict = run.Feed(i % 2 == 0 ? UserCase.At(-60 + i) : UserCase.At(-60 + i, device: "telephone", ip: "198.51.100.9"));
            Assert.DoesNotContain(EvidenceCode.SharedCredentials, UserRun.Codes(verdict));
        }

        run.Feed(UserCase.At(-40, device: "third", ip: "203.0.113.200"));
        Assert.Contains(EvidenceCode.SharedCredentials, UserRun.Codes(run.Score(UserCase.At(-39))));
    }

    [Fact]
    public void Score_SixFailures_ArePasswordGuessingAndASuccessAfterThemIsCritical()
    {
        UserRun run = new UserRun().WithHabit();
        for (int i = 1; i <= 8; i++)
        {
            Verdict verdict = run.Feed(UserCase.At(i * 0.1, type: "login", outcome: ActionOutcome.Failure));
            Assert.Equal(i >= 6, UserRun.Codes(verdict).Contains(EvidenceCode.PasswordGuessing));
        }

        Assert.Equal(Severity.Critical, run.Score(UserCase.At(1, type: "login")).Severity);
        Assert.DoesNotContain(EvidenceCode.PasswordGuessing, UserRun.Codes(run.Score(UserCase.At(20, type: "login"))));
    }

    [Fact]
    public void Score_SomebodyElsesHabitsInTheAccount_AreTheSequenceOfSomebodyElse()
    {
        var options = new UserBehaviorOptions { Sequence = new() { BlockLength = 20, MinimumActions = 40 } };
        var run = new UserRun(options);
        for (int i = 0; i < 300; i++)
        {
            run.Feed(UserCase.At(-3000 + (i * 2), "alice", resource: $"/a{i % 7}"));
            run.Feed(UserCase.At(-3000 + (i * 2), "bob", resource: $"/b{i % 7}"));
        }

        var codes = new List<string>();
        for (int i = 0; i < 20; i++) codes.AddRange(UserRun.Codes(run.Feed(UserCase.At(i, "alice", resource: $"/b{i % 7}"))));
        Assert.Contains(EvidenceCode.Sequence, codes);
        Assert.DoesNotContain(EvidenceCode.Sequence, UserRun.Codes(run.Score(UserCase.At(21, "bob", resource: "/b3"))));
    }

    [Fact]
    public void Score_NewUserOfAKnownRole_IsComparedWithPeers()
    {
        UserRun run = new UserRun().WithHabit("p1", "sales").WithHabit("p2", "sales");
        Assert.Contains(EvidenceCode.OutsidePeers, UserRun.Codes(run.Score(UserCase.At(0, "newcomer", "delete", "/ledger", role: "sales"))));
        Assert.Empty(UserRun.Codes(run.Score(UserCase.At(0, "newcomer", "read", "/page2", role: "sales"))));
    }

    [Fact]
    public void Score_ResourceThatPeersUse_SurprisesLess()
    {
        UserRun run = new UserRun().WithHabit("alice", "sales").WithHabit("p1", "sales");
        for (int i = 0; i < 5; i++) run.Feed(UserCase.At(-200 + i, "p1", resource: "/crm", role: "sales"));
        double shared = New(run.Score(UserCase.At(-100, "alice", resource: "/crm", role: "sales")));
        double alone = New(run.Score(UserCase.At(-100, "alice", resource: "/ledger", role: "sales")));
        Assert.Equal(0.3 * alone, shared, 1e-9);

        static double New(Verdict verdict) => verdict.Evidence.ToArray().Single(evidence => evidence.Code == EvidenceCode.NewResource).Contribution;
    }

    [Fact]
    public void Score_CallersOwnVectors_AreTakenAsTheyAreAndKeptApartByVersion()
    {
        UserRun run = new UserRun().WithHabit();
        for (ulong i = 0; i < 30; i++) run.Feed(UserCase.At(-500.0 + i, embedding: UserCase.Vector(i), embeddingVersion: 3));

        float[] strange = UserCase.Vector(99, first: 9);
        Verdict verdict = run.Score(UserCase.At(-100, resource: "/page2", embedding: strange, embeddingVersion: 3));
        Assert.Equal(strange, verdict.Embedding);
        Assert.Equal(UserBehaviorEvent.FirstCallerVersion + 3, verdict.EmbeddingVersion);
        Assert.Contains(EvidenceCode.BehaviorDistance, UserRun.Codes(verdict));
        Assert.DoesNotContain(EvidenceCode.BehaviorDistance, UserRun.Codes(run.Score(UserCase.At(-100, embedding: UserCase.Vector(50), embeddingVersion: 3))));
        Assert.Equal(double.NaN, run.Score(UserCase.At(-100, embedding: strange, embeddingVersion: 4)).DistanceToProfile);
        Assert.False(run.Score(UserCase.At(-100, resource: "/page2")).HasLayout);
    }

    [Theory]
    [InlineData(255, 0)]
    [InlineData(256, float.NaN)]
    [InlineData(256, float.PositiveInfinity)]
    public void Score_CallersVectorThatIsNone_NamesTheEvent(int length, float value)
    {
        var vector = new float[length];
        vector[3] = value;
        UserBehaviorEvent action = UserCase.At(0, embedding: vector);
        Assert.Contains(action.EventUid, Assert.Throws<ArgumentException>(() => new UserRun().Score(action)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Score_LaterThanAllowed_IsStoredOnly()
    {
        UserRun run = new UserRun().WithHabit();
        run.Feed(UserCase.At(0));
        Verdict verdict = run.Feed(UserCase.At(-1441));
        Assert.True(verdict.IsLate);
        Assert.Equal(double.NaN, verdict.Score);
    }

    [Fact]
    public void ApplyLabel_AnomalyAndBack_MovesTheActionOutOfHabitsAndIn()
    {
        UserRun run = new UserRun().WithHabit();
        UserBehaviorEvent action = UserCase.At(-110, device: "tablet");
        run.Feed(action);
        run.Label(action.EventUid, false);
        Assert.DoesNotContain(EvidenceCode.NewDevice, UserRun.Codes(run.Score(UserCase.At(-100, device: "tablet"))));
        run.Label(action.EventUid, true);
        Assert.Contains(EvidenceCode.NewDevice, UserRun.Codes(run.Score(UserCase.At(-100, device: "tablet"))));
        run.Label(action.EventUid, false);
        Assert.DoesNotContain(EvidenceCode.NewDevice, UserRun.Codes(run.Score(UserCase.At(-100, device: "tablet"))));
    }

    [Fact]
    public void Score_RuleAndExceptionOfTheDomain_Work()
    {
        var options = new UserBehaviorOptions
        {
            Rules = [new() { Name = "payroll", Expression = "resource starts with '/payroll' and not in_network(ip, '10.0.0.0/8') and count(user, 1h) >= 1" }],
        };
        UserRun run = new UserRun(options).WithHabit();
        run.Feed(UserCase.At(-30));
        Assert.Contains(EvidenceCode.Rule, UserRun.Codes(run.Score(UserCase.At(-10, resource: "/payroll/7"))));
        Assert.DoesNotContain(EvidenceCode.Rule, UserRun.Codes(run.Score(UserCase.At(-10, resource: "/payroll/7", ip: "10.1.1.1"))));
        run.Engine.Patterns = new ReferencePatterns(
            [], [], [new ExceptionPattern(4, "user", "alice", DateTime.UnixEpoch, null, null, 0, 0, "resource starts with '/payroll'")]);
        Assert.Equal(4, run.Score(UserCase.At(-10, resource: "/payroll/7")).SuppressedBy);
    }

    [Fact]
    public void Options_AsJson_ComeBackEqual()
    {
        string json = UserBehaviorOptionsJson.Serialize(UserBehaviorOptions.Default);
        Assert.Equal(json, UserBehaviorOptionsJson.Serialize(UserBehaviorOptionsJson.Deserialize(json)));
        Assert.Throws<OptionsException>(() => UserBehaviorOptionsJson.Deserialize("""{"novelty": {"device": 2}}"""));
        Assert.Throws<OptionsException>(() => UserBehaviorOptionsJson.Deserialize("""{"novelti": {}}"""));
        var error = Assert.Throws<OptionsException>(() => UserBehaviorOptionsJson.Deserialize("""{"rules": [{"name": "x", "expression": "usr = 'a'"}]}"""));
        Assert.Contains("Did you mean 'user'?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layout_Names_AreOnePositionEach()
    {
        Assert.Equal(UserBehaviorLayout.Dimension, UserBehaviorLayout.FeatureNames.Count);
        Assert.Equal(UserBehaviorLayout.Dimension, UserBehaviorLayout.FeatureNames.Distinct().Count());
        Assert.DoesNotContain(null, UserBehaviorLayout.FeatureNames);
    }

    [Fact]
    public void ContentHash_AnyFieldChanged_Differs()
    {
        UserBehaviorEvent Same() => UserCase.At(1, resource: "/a", embedding: UserCase.Vector(1));
        Assert.Equal(Same().ContentHash, Same().ContentHash);
        UserBehaviorEvent[] others =
        [
            UserCase.At(2, resource: "/a", embedding: UserCase.Vector(1)), UserCase.At(1, resource: "/b", embedding: UserCase.Vector(1)),
            UserCase.At(1, resource: null, embedding: UserCase.Vector(1)), UserCase.At(1, resource: "/a"), UserCase.At(1, resource: "/a", embedding: UserCase.Vector(2)),
            UserCase.At(1, resource: "/a", embedding: UserCase.Vector(1), embeddingVersion: 1), UserCase.At(1, resource: "/a", role: "x", embedding: UserCase.Vector(1)),
        ];
        Assert.DoesNotContain(Same().ContentHash, others.Select(other => other.ContentHash));
    }
}
