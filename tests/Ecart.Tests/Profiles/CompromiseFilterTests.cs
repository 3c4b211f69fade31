using CsCheck;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Profiles;

public sealed class CompromiseFilterTests
{
    private const int Known = 1050;
    private const int Today = 1057;
    private static readonly CompromiseOptions Options = new();
    private static readonly Gen<(int Day, int Events, int Frauds)[]> Past =
        Gen.Select(Gen.Int[1010, Today], Gen.Int[1, 6], Gen.Int[0, 6]).Select((day, events, frauds) => (day, events, Math.Min(events, frauds))).Array[0, 12];

    [Fact]
    public void FraudProbability_AnyHistory_EqualsTheForwardPassOfTheHiddenMarkovModel() => Gen.Select(Past, Gen.Double[0.001, 0.05]).Sample((past, rate) =>
        Assert.Equal(ForwardPass(past, rate), Probability(past, rate), 1e-6), seed: "0000KOIbCd64", iter: 2000);

    [Fact]
    public void FraudProbability_AnyHistory_LiesBetweenTheTwoStates() => Past.Sample(past =>
        Assert.InRange(Probability(past, 0.005), 0.005, Options.FraudShare), seed: "0000KOIbCd64", iter: 1000);

    [Fact]
    public void FraudProbability_CleanDaysAfterFraud_FallsWithEach()
    {
        var previous = Probability([(1030, 3, 3)], 0.005);
        for (var clean = 1; clean < 10; clean++)
        {
            (int, int, int)[] past = [(1030, 3, 3), .. Enumerable.Range(1031, clean).Select(day => (day, 2, 0))];
            var probability = Probability(past, 0.005);
            Assert.True(probability < previous);
            previous = probability;
        }
    }

    [Fact]
    public void FraudProbability_DaysWhoseLabelsAreNotKnown_AreNotLookedAt() =>
        Assert.Equal(Probability([(1030, 3, 1)], 0.005), Probability([(1030, 3, 1), (Known + 1, 5, 5), (Today, 2, 0)], 0.005));

    /// <summary>Labels of that day still come.</summary>
    [Fact]
    public void FraudProbability_NoFraudYetOnLastKnownDay_SaysNothing() =>
        Assert.Equal(Probability([(1030, 3, 1), (Known, 0, 0)], 0.005), Probability([(1030, 3, 1), (Known, 5, 0)], 0.005), 1e-12);

    private static double Probability((int Day, int Events, int Frauds)[] past, double rate)
    {
        var history = new DailyHistory(100);
        foreach (var (day, events, frauds) in past) history.Add(day, events, frauds);
        return new CompromiseFilter(Options).FraudProbability(history, Known, Today, rate);
    }

    /// <summary>One step a day over both states, whether there were events or not.</summary>
    private static double ForwardPass((int Day, int Events, int Frauds)[] past, double rate)
    {
        var compromised = Options.CompromisePerDay / (Options.CompromisePerDay + Options.RecoveryPerDay);
        var sound = 1 - compromised;
        for (var day = 1000; day <= Today; day++)
        {
            (sound, compromised) = (
                (sound * (1 - Options.CompromisePerDay)) + (compromised * Options.RecoveryPerDay),
                (compromised * (1 - Options.RecoveryPerDay)) + (sound * Options.CompromisePerDay));
            if (day > Known) continue;
            var events = past.Where(entry => entry.Day == day).Sum(entry => entry.Events);
            var frauds = past.Where(entry => entry.Day == day).Sum(entry => entry.Frauds);
            var clean = day == Known ? 0 : events - frauds;
            sound *= Math.Pow(rate, frauds) * Math.Pow(1 - rate, clean);
            compromised *= Math.Pow(Options.FraudShare, frauds) * Math.Pow(1 - Options.FraudShare, clean);
            (sound, compromised) = (sound / (sound + compromised), compromised / (sound + compromised));
        }

        return (Options.FraudShare * compromised) + (rate * sound);
    }
}
