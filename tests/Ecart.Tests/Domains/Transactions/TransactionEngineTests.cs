using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionEngineTests
{
    [Fact]
    public void Score_SameEventTwice_ChangesNothing()
    {
        var run = new EngineRun().WithHabit();
        var transaction = TransactionCase.At(0, 400, merchant: "new");

        Assert.Equal(run.Score(transaction).Fingerprint(), run.Score(transaction).Fingerprint());
        Assert.Equal(run.Score(transaction).Fingerprint(), new EngineRun().WithHabit().Score(transaction).Fingerprint());
    }

    [Fact]
    public void Score_EventItself_IsNotPartOfItsReference()
    {
        var run = new EngineRun().WithHabit();

        var verdict = run.Feed(TransactionCase.At(60, 5000));

        Assert.Equal(22, verdict.Require(EvidenceCode.AmountAnomaly).Expected, 0.5);
        Assert.Null(verdict.Find(EvidenceCode.Velocity));
        Assert.Equal(0, verdict.Embedding[TransactionLayout.CountDay]);
    }

    [Fact]
    public void Score_OrdinaryEventOfAKnownAccount_IsNotFlaggedAndIsLearned()
    {
        var verdict = new EngineRun().WithHabit().Score(TransactionCase.At(0, 21));

        Assert.Equal((0, false, true, false, 1, 1), (verdict.Score, verdict.IsAnomaly, verdict.IsLearned, verdict.IsLate, verdict.EmbeddingVersion, verdict.ConfigurationVersion));
        Assert.InRange(verdict.RankScore, 0, 0.9999);
    }

    [Fact]
    public void Score_FewerThanTenNormalEvents_HasNoOpinionOfTheProfile()
    {
        var verdict = new EngineRun().WithHabit(days: 9).Score(TransactionCase.At(0, 9000));

        Assert.Equal(9, verdict.Require(EvidenceCode.NewProfile).Observed);
        Assert.Null(verdict.Find(EvidenceCode.BehaviorDistance) ?? verdict.Find(EvidenceCode.AmountAnomaly));
        Assert.Null(new EngineRun().WithHabit(days: 10).Score(TransactionCase.At(0, 9000)).Find(EvidenceCode.NewProfile));
    }

    [Fact]
    public void Score_TooLateForItsAccount_IsMarkedAndNeitherScoredNorLearned()
    {
        var run = new EngineRun().WithHabit();
        run.Feed(TransactionCase.At(1440));
        var before = run.Profile(minutes: 1440).Count;

        var inTime = run.Score(TransactionCase.At(0, 60_000, uid: "in time"));
        var late = run.Feed(TransactionCase.At(-0.001, 60_000, uid: "late"));

        Assert.False(inTime.IsLate);
        Assert.Equal((true, double.NaN, double.NaN, false, false), (late.IsLate, late.Score, late.RankScore, late.IsAnomaly, late.IsLearned));
        Assert.True(late.Evidence.IsEmpty);
        run.Label("late", isFraud: false);
        Assert.Equal(before, run.Profile(minutes: 1440).Count);
    }

    [Fact]
    public void Learn_FlaggedEvent_StaysOutOfTheProfileUntilAPersonSaysFalsePositive()
    {
        var run = new EngineRun().WithHabit();
        var before = run.Profile();
        Assert.True(run.Feed(TransactionCase.At(0, 60_000, device: "new phone", uid: "big")).IsAnomaly);
        Assert.Equal(before.Count, run.Profile().Count);

        run.Label("big", isFraud: false);

        var after = run.Profile();
        Assert.Equal((before.Count + 1, 60_000), (after.Count, after.Measures[1].Maximum));
        var known = run.Score(TransactionCase.At(60, device: "new phone")).Embedding[TransactionLayout.DeviceNovelty];
        var unknown = run.Score(TransactionCase.At(60, device: "other phone")).Embedding[TransactionLayout.DeviceNovelty];
        Assert.Equal(0, known);
        Assert.True(unknown > 0.2);
    }

    [Fact]
    public void ApplyLabel_FraudThatWasLearned_LeavesTheProfileAsIfItHadNeverBeen()
    {
        var (run, untouched) = (new EngineRun(), new EngineRun());
        var cut = 0.0;
        for (var day = -40; day < 0; day++)
        {
            if (day % 7 == 0)
            {
                var fraud = run.Feed(TransactionCase.At(day * 1440, 75, merchant: "M9", device: "thief", uid: $"fraud{day}"));
                Assert.True(fraud.IsLearned);
                cut += 75 - fraud.LearnedValue;
            }

            foreach (var each in new[] { run, untouched }) each.Feed(TransactionCase.At((day * 1440) + 300, 20 + (-day % 5 * 6), device: "D1"));
        }

        Assert.True(cut > 0);
        for (var day = -35; day < 0; day += 7) run.Label($"fraud{day}", isFraud: true);

        var (profile, expected) = (run.Profile(), untouched.Profile());
        Assert.Equal(expected.Count, profile.Count);
        Assert.Equal(expected.Measures[0].Mean, profile.Measures[0].Mean, 1e-9);
        Assert.Equal(expected.Measures[1].Mean, profile.Measures[1].Mean, 1e-9);
        Assert.Equal(expected.Measures[1].SampleDeviation, profile.Measures[1].SampleDeviation, 1e-6);
        Assert.InRange(profile.Measures[1].Maximum, expected.Measures[1].Maximum, 70);
        Assert.Equal(expected.Distance.Count, profile.Distance.Count);
        var again = TransactionCase.At(60, merchant: "M9", device: "thief");
        Assert.Equal(
            untouched.Score(again).Embedding[TransactionLayout.DeviceNovelty], run.Score(again).Embedding[TransactionLayout.DeviceNovelty], 1e-3f);
        Assert.True(run.Score(again).Embedding[TransactionLayout.MerchantNovelty] > 0);
    }

    [Fact]
    public void ApplyLabel_FraudThatWasLearned_TakesOutTheCutAmountThatWentIn()
    {
        var run = new EngineRun().WithHabit(days: 20, step: 6);
        var before = run.Profile().Measures[2];
        var fraud = run.Feed(TransactionCase.At(-700, 75, uid: "fraud"));
        Assert.True(fraud.IsLearned && fraud.LearnedValue < 75);
        var learned = run.Profile().Measures[2];
        Assert.Equal(before.Sum + fraud.LearnedValue, learned.Sum, 1e-9);
        for (var i = 0; i < 8; i++) run.Feed(TransactionCase.At(-600 + (i * 61), 50, uid: $"later{i}"));
        var sumOfLater = run.Profile().Measures[2].Sum - learned.Sum;

        run.Label("fraud", isFraud: true);

        Assert.Equal(before.Sum + sumOfLater, run.Profile().Measures[2].Sum, 1e-9);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ApplyLabel_CorrectedAgainAndAgain_OnlyTheLastCounts(bool last)
    {
        var run = new EngineRun().WithHabit();
        run.Feed(TransactionCase.At(0, 21, merchant: "M7", uid: "e"));
        var learned = run.Profile();
        foreach (var label in new[] { !last, last, !last, last, last }) run.Label("e", label);

        var profile = run.Profile();

        Assert.Equal(learned.Count - (last ? 1 : 0), profile.Count);
        Assert.Equal(learned.Measures[1].Sum - (last ? 21 : 0), profile.Measures[1].Sum, 1e-9);
        var (events, frauds) = run.Engine.State.Merchants["M7"].Sum(0, int.MaxValue);
        Assert.Equal((1, last ? 1 : 0), (events, frauds));
    }

    [Fact]
    public void Learn_BurstBelowTheFlag_DoesNotTeachTheProfileToExpectIt()
    {
        var run = new EngineRun().WithHabit();
        var learned = Enumerable.Range(0, 12).Count(i => run.Feed(TransactionCase.At(600 + i, 21)).IsLearned);

        Assert.InRange(learned, 1, 4);
    }

    [Fact]
    public void Score_HabitChangesForGood_IsNormalAgainAfterTheWindow()
    {
        var run = new EngineRun().WithHabit();
        var flagged = new List<bool>();
        for (var day = 0; day < 90; day++)
        {
            flagged.Add(run.Feed(TransactionCase.At(
                (day * 1440) + 900, 4000 + (day % 7), merchant: "landlord", category: "rent", country: "US", device: "D9", channel: TransactionChannel.Mobile)).IsAnomaly);
        }

        Assert.True(flagged[0]);
        Assert.DoesNotContain(true, flagged[45..]);
    }

    [Fact]
    public void Score_FewLargeFraudsInAHabit_AreFlaggedTheLastLikeTheFirst()
    {
        var run = new EngineRun().WithHabit();
        for (var day = 0; day < 30; day++)
        {
            Assert.False(run.Feed(TransactionCase.At(day * 1440, 20 + (day % 5))).IsAnomaly);
            if (day % 3 == 0) Assert.True(run.Feed(TransactionCase.At((day * 1440) + 400, 900, country: "US", device: "thief")).IsAnomaly);
        }
    }

    [Fact]
    public void Score_ExceptionMatches_SilencesTheAlertAndKeepsTheScore()
    {
        var run = new EngineRun().WithHabit();
        var transaction = TransactionCase.At(0, 60_000);
        var plain = run.Score(transaction);
        ExceptionPattern Exception(long id, string account) => new(id, "account", account, TransactionCase.Start, null, null, 0, 1);
        run.Patterns = ReferencePatterns.Empty with { Exceptions = [Exception(3, "A2"), Exception(5, "A1"), Exception(8, "A1")] };

        var silenced = run.Score(transaction);

        Assert.True(plain.RaisesAlert);
        Assert.False(silenced.RaisesAlert);
        Assert.Equal((plain.Score, true, 5), (silenced.Score, silenced.IsAnomaly, silenced.SuppressedBy));
        Assert.Equal(0, run.Score(TransactionCase.At(0)).SuppressedBy);
    }

    [Fact]
    public void PublishProfiles_OnlyChanged_TellsEachChangeOnce()
    {
        var run = new EngineRun().WithHabit().WithHabit("A2");
        Assert.Equal(["A1", "A2"], run.Engine.PublishProfiles(null, onlyChanged: true).Select(profile => profile.AccountId).Order());
        Assert.Empty(run.Engine.PublishProfiles(null, onlyChanged: true));
        run.Feed(TransactionCase.At(0, account: "A2"));

        var published = Assert.Single(run.Engine.PublishProfiles(null, onlyChanged: true));

        Assert.Equal(("A2", 31), (published.AccountId, published.ObservationCount));
        Assert.Equal(["groceries"], published.Categories);
        Assert.Equal(31, published.DaysObserved);
        Assert.Equal(1, published.MeanDailyTransactions, 1e-12);
        Assert.Equal(31, published.HourlyCounts.Sum());
    }

    [Fact]
    public void ExplainDistance_AmountFarFromTheUsual_AddsUpToTheDistanceAndNamesIt()
    {
        var run = new EngineRun().WithHabit();
        var strange = TransactionCase.At(0, 5000);
        var contributions = new double[TransactionLayout.Dimension];

        Assert.True(run.Engine.ExplainDistance(strange, contributions));

        var distance = run.Score(strange).DistanceToProfile;
        Assert.Equal(distance * distance, contributions.Sum(), 1e-4);
        Assert.Contains("amount", TransactionLayout.FeatureNames[Array.IndexOf(contributions, contributions.Max())], StringComparison.Ordinal);
        Assert.False(run.Engine.ExplainDistance(TransactionCase.At(0, 5000, "stranger"), contributions));
    }
}
