using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionRankerTests
{
    private const string Suspect = "A0";
    private static readonly DateTime Start = new(2018, 4, 1, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void RankScore_OrdinaryPaymentAfterSeveralSurprises_RisesWithoutAnyLabel()
    {
        var engine = new TransactionEngine(TransactionOptions.Default);
        long seq = 0;
        for (int day = 0; day < 30; day++)
            for (int account = 0; account < 40; account++) Learn(engine, $"A{account}", day, 30 + ((account + (7 * day)) % 11), ++seq);
        double before = Score(engine, Suspect, 30, 35).RankScore;

        Learn(engine, Suspect, 30, 900, ++seq);
        double afterOne = Score(engine, Suspect, 31, 35).RankScore;
        Learn(engine, Suspect, 31, 950, ++seq);
        Learn(engine, Suspect, 32, 980, ++seq);
        double afterThree = Score(engine, Suspect, 33, 35).RankScore;
        double ofAnother = Score(engine, "A1", 33, 35).RankScore;

        Assert.True(afterThree > afterOne + 0.05, $"{afterOne} after one surprise, {afterThree} after three");
        Assert.True(afterThree > before + 0.05, $"{before} before, {afterThree} after three surprises");
        Assert.True(ofAnother < afterOne + 0.05, $"{ofAnother} for an account without surprises");
    }

    private static Verdict Score(TransactionEngine engine, string account, int day, decimal amount)
    {
        var verdict = new Verdict(TransactionLayout.Dimension);
        engine.Score(Payment(account, day, amount), verdict);
        return verdict;
    }

    private static void Learn(TransactionEngine engine, string account, int day, decimal amount, long seq)
    {
        Verdict verdict = Score(engine, account, day, amount);
        engine.Learn(new ScoredEvent(Payment(account, day, amount), verdict, 0, seq));
    }

    private static TransactionEvent Payment(string account, int day, decimal amount) => new()
    {
        EventUid = $"{account}-{day}-{amount}",
        OccurredAt = Start.AddDays(day),
        AccountId = account,
        Amount = amount,
        ScoredAmount = (double)amount,
    };
}
