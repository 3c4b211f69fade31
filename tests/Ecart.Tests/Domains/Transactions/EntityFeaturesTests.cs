using Ecart.Domains.Transactions;
using Ecart.Profiles;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class EntityFeaturesTests
{
    private const int Today = 1000;
    private const int Known = Today - 7;

    [Fact]
    public void Write_NoHistory_NeverAndNothing()
    {
        var features = Write();

        Assert.Equal(EntityFeatures.Never, features["days_since_fraud"]);
        Assert.Equal(EntityFeatures.Never, features["days_since_clean"]);
        Assert.Equal(0, features["known_30"]);
    }

    [Fact]
    public void Write_RunOfUnexplainedFraud_SaysSinceWhenAndHowManyAndAfterWhat()
    {
        var features = Write((Today - 20, 3, 0, 0), (Today - 18, 2, 2, 0), (Today - 15, 1, 1, 0), (Today - 3, 4, 0, 0));

        Assert.Equal(18, features["days_since_run_began"]);
        Assert.Equal(3, features["run_frauds"]);
        Assert.Equal(2, features["run_gap"]);
        Assert.Equal(15, features["days_since_fraud"]);
        Assert.Equal(20, features["days_since_clean"]);
        Assert.Equal(4, features["pending"]);
        Assert.Equal(6, features["known_30"]);
    }

    [Fact]
    public void Write_CleanDayAfterFraud_EndsTheRun()
    {
        var features = Write((Today - 18, 2, 2, 0), (Today - 15, 2, 0, 0), (Today - 10, 1, 0, 0));

        Assert.Equal(EntityFeatures.Never, features["days_since_run_began"]);
        Assert.Equal(0, features["run_frauds"]);
        Assert.Equal(18, features["days_since_fraud"]);
        Assert.Equal(3, features["clean_since_fraud"]);
    }

    [Fact]
    public void Write_FraudThatItsEventGaveAway_BeginsNoRun()
    {
        var features = Write((Today - 18, 2, 2, 2));

        Assert.Equal(EntityFeatures.Never, features["days_since_run_began"]);
        Assert.Equal((2, 0), (features["frauds_30"], features["unexplained_30"]));
    }

    /// <summary>Labels of the last known day still come: what has none is not clean yet.</summary>
    [Fact]
    public void Write_LastKnownDay_CountsOnlyItsFrauds()
    {
        var features = Write((Known, 5, 1, 0));

        Assert.Equal((1, 1), (features["known_7"], features["frauds_7"]));
        Assert.Equal(EntityFeatures.Never, features["days_since_clean"]);
    }

    private static Dictionary<string, float> Write(params (int Day, int Events, int Frauds, int Evident)[] days)
    {
        DailyHistory? history = days.Length == 0 ? null : new DailyHistory(45);
        foreach (var (day, events, frauds, evident) in days) history!.Add(day, events, frauds, evident);
        var features = new float[EntityFeatures.Names.Count];
        EntityFeatures.Write(history, Today, Known, 0.25, features);
        return EntityFeatures.Names.Zip(features).ToDictionary(pair => pair.First, pair => pair.Second);
    }
}
