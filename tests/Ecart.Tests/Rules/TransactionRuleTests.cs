using Ecart.Detection;
using Ecart.Domains.Transactions;
using Ecart.Rules;
using Ecart.Scoring;
using Ecart.TestKit;
using Xunit;

namespace Ecart.Tests.Rules;

/// <summary>Rules and exceptions by rule in the engine of transactions.</summary>
public sealed class TransactionRuleTests
{
    private static readonly DateTime Start = new(2026, 3, 9, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Score_RuleThatHolds_AddsItsContributionAndAlerts()
    {
        var engine = new TransactionEngine(WithRules(
            new RuleOptions { Name = "wire out", Expression = "channel = 'wire' and country != 'FR'", Contribution = 0.6 },
            new RuleOptions { Name = "silent", Expression = "amount > 1", Active = false }));
        Verdict verdict = Score(engine, Event(country: "DE", channel: TransactionChannel.Wire));
        Assert.Equal(0.6, verdict.Score);
        Assert.True(verdict.RaisesAlert);
        Assert.Equal(AlertType.Rule, AlertType.Of(verdict));
        Assert.Equal("wire out", Assert.Single(verdict.Evidence.ToArray(), evidence => evidence.Code == EvidenceCode.Rule).Subject);
        Assert.Equal(0, Score(engine, Event(country: null, channel: TransactionChannel.Wire)).Score);
    }

    [Theory]
    [InlineData("amount = 100 and currency = 'EUR' and account = 'A' and merchant = 'M' and category = 'food' and channel = 'pos'")]
    [InlineData("country = 'FR' and city = 'Lyon' and latitude = 45.75 and longitude = 4.85 and device is null and ip = '10.0.0.1'")]
    [InlineData("hour = 12 and day_of_week = 0 and not is_weekend")]
    [InlineData("count_hour = 2 and count_day = 2 and amount_day = 200 and minutes_since_previous = 30")]
    [InlineData("profile_count = 2 and not has_profile and distance is not null and distance_z is null and amount_z is null")]
    [InlineData("minutes_since_place = 30 and km_from_place = 0")]
    [InlineData("merchant_novelty = 0 and device_novelty = 0 and category_novelty = 0 and country_novelty = 0")]
    [InlineData("merchant_frauds = 0 and device_frauds = 0 and ip_frauds = 0")]
    public void Score_Fields_HoldWhatIsKnownOfTheThirdTransaction(string expression)
    {
        var engine = new TransactionEngine(WithRules(new RuleOptions { Name = "fields", Expression = expression }));
        for (int i = 0; i < 2; i++) Learn(engine, Event(Start.AddMinutes(5 + (25 * i))), i + 1);
        Verdict verdict = Score(engine, Event(Start.AddMinutes(60)));
        Assert.Contains(verdict.Evidence.ToArray(), evidence => evidence.Code == EvidenceCode.Rule);
    }

    [Fact]
    public void Score_Fields_OfFirstTransactionAreNullWherePastIsNeeded()
    {
        var engine = new TransactionEngine(WithRules(new RuleOptions
        {
            Name = "first",
            Expression = "minutes_since_previous is null and distance is null and minutes_since_place is null and profile_count = 0",
        }));
        Assert.Contains(Score(engine, Event()).Evidence.ToArray(), evidence => evidence.Code == EvidenceCode.Rule);
    }

    [Fact]
    public void Score_KnownAccountWithRules_AllocatesNothing()
    {
        TransactionEngine engine = WithAccount(WithRules(
            new RuleOptions { Name = "a", Expression = "amount > 10 and channel = 'pos' and amount_z < 9", Contribution = 0.3 },
            new RuleOptions { Name = "b", Expression = "country in ('DE', 'FR') and city starts with 'L'", Contribution = 0.3 }));
        engine.Patterns = Silencing("hour < 24 and city contains 'yo'");
        TransactionEvent transaction = Event(Start.AddDays(20));
        var verdict = new Verdict(engine.Dimension);
        ScoreAThousandTimes();
        Assert.Equal(0.6, verdict.Score);
        Assert.Equal(7, verdict.SuppressedBy);
        Assert.Equal(0, Allocation.Of(ScoreAThousandTimes));

        void ScoreAThousandTimes()
        {
            for (int i = 0; i < 1000; i++) engine.Score(transaction, verdict);
        }
    }

    [Theory]
    [InlineData("A", "amount = 60000", 7)]
    [InlineData(null, "amount = 60000", 7)]
    [InlineData("B", "amount = 60000", 0)]
    [InlineData("A", "amount < 60000", 0)]
    [InlineData("A", "device = 'x'", 0)]
    [InlineData("A", null, 7)]
    public void Score_Exception_NeedsEntityAndRule(string? entity, string? expression, long expected)
    {
        var engine = new TransactionEngine(TransactionOptions.Default) { Patterns = Silencing(expression, entity) };
        Verdict verdict = Score(engine, Event(amount: 60_000));
        Assert.Empty(engine.PatternNotices);
        Assert.True(verdict.IsAnomaly);
        Assert.Equal(expected, verdict.SuppressedBy);
    }

    [Theory]
    [InlineData(0.1, 7)]
    [InlineData(-0.1, 0)]
    public void Score_ExceptionWithPatternAndRule_NeedsBoth(double margin, long expected)
    {
        var engine = new TransactionEngine(TransactionOptions.Default);
        float[] embedding = Score(engine, Event(amount: 60_000)).Embedding;
        float[] pattern = [.. embedding.Select((value, i) => i == 100 ? value + 0.5f : value)];
        engine.Patterns = new ReferencePatterns(
            [], [], [new ExceptionPattern(7, null, null, DateTime.MinValue, null, pattern, 0.5 + margin, 1, "amount > 1")]);
        Assert.Equal(expected, Score(engine, Event(amount: 60_000)).SuppressedBy);
    }

    [Fact]
    public void Score_ExceptionWithWrongRule_SilencesNothingAndIsNoted()
    {
        var engine = new TransactionEngine(TransactionOptions.Default) { Patterns = Silencing("amuont > 1") };
        Assert.True(Score(engine, Event(amount: 60_000)).RaisesAlert);
        ExceptionNotice notice = Assert.Single(engine.PatternNotices);
        Assert.Equal(
            "Exception 7 silences nothing: its rule is wrong. At character 1: found 'amuont', expected a field of transactions. "
            + "Did you mean 'amount'?",
            notice.ToString());

        engine.Patterns = ReferencePatterns.Empty;
        Assert.Empty(engine.PatternNotices);
    }

    [Fact]
    public void Json_OptionsWithRules_ComeBackAsTheyWere()
    {
        TransactionOptions options = WithRules(
            new RuleOptions { Name = "a & b", Expression = "city = 'O''Hare' and amount >= 1", Contribution = 0.25 },
            new RuleOptions { Name = "off", Expression = "true", Active = false });
        string json = TransactionOptionsJson.Serialize(options);
        TransactionOptions back = TransactionOptionsJson.Deserialize(json);
        Assert.Equal(options.Rules, back.Rules);
        Assert.Equal(json, TransactionOptionsJson.Serialize(back));
        Assert.Empty(TransactionOptionsJson.Deserialize("{}").Rules);
    }

    [Theory]
    [InlineData("""{"rules": [{"name": "x", "expression": "amount >"}]}""", "rule 'x' is no rule. At character 9")]
    [InlineData("""{"rules": [{"name": "x"}]}""", "expression")]
    [InlineData("""{"rules": [{"name": "x", "expression": "true", "weight": 1}]}""", "weight")]
    [InlineData("""{"rules": null}""", "'rules' is absent")]
    [InlineData("""{"rules": [null]}""", "'rules[0]' is absent")]
    public void Json_WrongRules_ThrowNamingThem(string json, string part) => Assert.Contains(
        part, Assert.Throws<OptionsException>(() => TransactionOptionsJson.Deserialize(json)).Message, StringComparison.Ordinal);

    private static TransactionOptions WithRules(params RuleOptions[] rules) => TransactionOptions.Default with { Rules = rules };

    private static ReferencePatterns Silencing(string? expression, string? entity = null) => new(
        [], [], [new ExceptionPattern(7, "account", entity, DateTime.MinValue, null, null, 0, 0, expression)]);

    private static TransactionEngine WithAccount(TransactionOptions options)
    {
        var engine = new TransactionEngine(options);
        for (int i = 0; i < 20; i++) Learn(engine, Event(Start.AddDays(i)), i + 1);
        return engine;
    }

    private static Verdict Score(TransactionEngine engine, TransactionEvent transaction)
    {
        var verdict = new Verdict(engine.Dimension);
        engine.Score(transaction, verdict);
        return verdict;
    }

    private static void Learn(TransactionEngine engine, TransactionEvent transaction, long seq)
    {
        Verdict verdict = Score(engine, transaction);
        verdict.IsLearned = true;
        engine.Learn(new ScoredEvent(transaction, verdict, 1, seq));
    }

    private static TransactionEvent Event(
        DateTime? at = null, double amount = 100, string? country = "FR", TransactionChannel channel = TransactionChannel.Pos) => new()
        {
            EventUid = "e",
            OccurredAt = at ?? Start,
            AccountId = "A",
            Amount = (decimal)amount,
            ScoredAmount = amount,
            MerchantId = "M",
            MerchantCategory = "food",
            Channel = channel,
            Country = country,
            City = "Lyon",
            Latitude = 45.75,
            Longitude = 4.85,
            IpAddress = "10.0.0.1",
            UtcOffsetMinutes = 60,
        };
}
