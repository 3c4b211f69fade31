using Ecart.Eval.FraudHandbook;
using Xunit;

namespace Ecart.Eval.Tests.FraudHandbook;

public sealed class FraudHandbookSplitTests
{
    private static readonly DateOnly TestDay = new(2018, 8, 8);

    [Fact]
    public void Of_NothingGiven_IsPublishedWeeks() =>
        Assert.Equal(("2018-07-25..2018-07-31", "2018-08-08..2018-08-14"), Texts(FraudHandbookSplit.Of(null, null)));

    [Fact]
    public void Of_OneGiven_PutsOtherBesideItWithDelayBetween()
    {
        var week = new DayRange(new DateOnly(2018, 6, 20), new DateOnly(2018, 6, 26));

        Assert.Equal(("2018-06-06..2018-06-12", "2018-06-20..2018-06-26"), Texts(FraudHandbookSplit.Of(null, week)));
        Assert.Equal(("2018-06-20..2018-06-26", "2018-07-04..2018-07-10"), Texts(FraudHandbookSplit.Of(week, null)));
    }

    [Theory]
    [InlineData(-15, true)]
    [InlineData(-14, false)]
    [InlineData(-8, false)]
    [InlineData(-7, true)]
    [InlineData(0, true)]
    public void Select_EarlierFraudOfCard_DropsCardWhenKnown(int fraudDay, bool isKept)
    {
        FraudHandbookSplit split = FraudHandbookSplit.Published;
        ScoredTransaction[] transactions =
        [
            new("1", TestDay.AddDays(fraudDay), "A", 0.5, "2"), new("2", TestDay, "A", 0.5, null), new("3", TestDay, "B", 0.5, null),
        ];

        IEnumerable<string> kept = split.Select(transactions).Select(transaction => transaction.Uid).Where(uid => uid != "1");

        Assert.Equal(isKept ? ["2", "3"] : ["3"], kept);
    }

    [Fact]
    public void Select_LaterTestDay_DropsCardsOfFraudKnownThen()
    {
        FraudHandbookSplit split = FraudHandbookSplit.Published;
        ScoredTransaction[] transactions =
        [
            new("1", TestDay.AddDays(-2), "A", 0.5, "1"), new("2", TestDay.AddDays(5), "A", 0.5, null), new("3", TestDay.AddDays(6), "A", 0.5, null),
        ];

        Assert.Equal(["2"], split.Select(transactions).Select(transaction => transaction.Uid));
    }

    private static (string, string) Texts(FraudHandbookSplit split) => (split.Training.ToString(), split.Test.ToString());
}
