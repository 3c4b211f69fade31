using Ecart.Domains.Transactions;
using Ecart.Rules;
using Ecart.Rules.Windows;
using Ecart.Scoring;
using Ecart.Simulation;
using Ecart.Tests.Domains.Transactions;
using Xunit;

namespace Ecart.Tests.Rules;

public sealed class RuleWindowTests
{
    private static readonly TransactionOptions Options = new()
    {
        Rules =
        [
            new() { Name = "many", Expression = "count(account, 6h) >= 2", Contribution = 0.01 },
            new() { Name = "crowd", Expression = "distinct(account, 2d, merchant) >= 3", Contribution = 0.01 },
            new() { Name = "spent", Expression = "sum(amount, 1d) + amount > 300 or largest(amount, 7d, device) > average(amount, 7d, device) * 5", Contribution = 0.01 },
        ],
    };

    private static readonly TransactionEvent[] Events =
    [
        .. new TransactionSimulator(new() { Seed = 4, Accounts = 40, Merchants = 15, Days = 25, QuietDays = 8, IncidentsPerDay = 20 }).Generate().Select(simulated => simulated.Event),
    ];

    [Fact]
    public void Measure_AnyStream_EqualsCountingTheLog()
    {
        RuleSet<TransactionContext> rules = new(Options.Rules, TransactionRuleFields.All, "rules");
        var windows = new EntityWindows<TransactionContext>(TransactionRuleFields.All, rules.Windows, new(), TimeSpan.FromDays(1));
        var accounts = new Dictionary<string, WindowEvents>();
        var log = new List<TransactionEvent>();
        foreach (TransactionEvent transaction in Events)
        {
            var context = new TransactionContext { Event = transaction, Options = Options };
            double[] values = windows.Measure(in context, transaction.OccurredAt.Ticks, accounts.GetValueOrDefault(transaction.AccountId))!;
            for (int i = 0; i < values.Length; i++) Assert.Equal(Plain(rules.Windows[i], transaction, log), values[i], 1e-6);
            WindowEvents? own = accounts.GetValueOrDefault(transaction.AccountId);
            windows.Learn(in context, transaction.OccurredAt.Ticks, ref own);
            accounts[transaction.AccountId] = own!;
            log.Add(transaction);
        }
    }

    [Fact]
    public void Engine_RestoredAnywhere_SaysTheSameOfTheRest()
    {
        int half = Events.Length / 2;
        var whole = new TransactionEngine(Options);
        Run(whole, Events[..half]);
        var store = new StateStore();
        whole.WriteCheckpoint(store);
        var restored = new TransactionEngine(Options);
        store.RestoreTo(restored);

        string[] expected = Run(whole, Events[half..]);
        Assert.Equal(expected, Run(restored, Events[half..]));
        foreach (string rule in new[] { "many", "crowd", "spent" }) Assert.Contains(expected, line => line.Contains(rule, StringComparison.Ordinal));
        Assert.Contains(store.Entities, entity => entity.Type == "window");
    }

    [Fact]
    public void Engine_StateOfOtherRules_IsReadAndWhatWasNotKeptIsNull()
    {
        var before = new TransactionEngine(Options);
        Run(before, Events);
        var store = new StateStore();
        before.WriteCheckpoint(store);
        foreach (string expression in new[] { "amount > 1", "distinct(country, 1d) > 0 and count(account, 1d) >= 0", "count(ip, 1h) > 2" })
        {
            var after = new TransactionEngine(new() { Rules = [new() { Name = "new", Expression = expression }] });
            store.RestoreTo(after);
            Assert.Equal(before.ResidentEntities, after.ResidentEntities);
            Run(after, [Events[^1]]);
        }
    }

    [Fact]
    public void Engine_NoWindows_StoresNothingOfThem()
    {
        var engine = new TransactionEngine(new());
        Run(engine, Events[..200]);
        var store = new StateStore();
        engine.WriteCheckpoint(store);
        Assert.DoesNotContain(store.Entities, entity => entity.Type == "window" || entity.Format != 3);
    }

    [Fact]
    public void Others_EventsThatAnotherProcessSaw_CountToo()
    {
        var options = new TransactionOptions { Rules = [new() { Name = "crowd", Expression = "count(merchant, 7d) >= 1" }] };
        var there = new TransactionEngine(options);
        Run(there, Events);
        var store = new StateStore();
        there.WriteCheckpoint(store);
        var here = new TransactionEngine(options);
        TransactionEvent last = Events.Last(transaction => transaction.MerchantId is not null);
        Assert.DoesNotContain("crowd", Run(here, [last])[0], StringComparison.Ordinal);
        store.GiveTo(here);
        Assert.Contains("crowd", Run(here, [last])[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_MoreThanIsAllowed_KeepsTheNewest()
    {
        RuleWindow[] asked = [new(RuleWindowKind.Count, "account", null, TimeSpan.FromDays(1)), new(RuleWindowKind.Count, "merchant", null, TimeSpan.FromDays(1))];
        var windows = new EntityWindows<TransactionContext>(TransactionRuleFields.All, asked, new() { MaximumEvents = 16, MaximumEntities = 16 }, TimeSpan.Zero);
        WindowEvents? own = null;
        for (int i = 0; i < 60; i++)
        {
            TransactionEvent transaction = TransactionCase.At(i, 5, "A1", merchant: $"M{i}");
            var context = new TransactionContext { Event = transaction, Options = Options };
            windows.Learn(in context, transaction.OccurredAt.Ticks, ref own);
        }

        Assert.Equal(16, own!.Count);
        Assert.Equal((16, 1), Values(59));
        Assert.Equal((16, 0), Values(20));

        (double, double) Values(int merchant)
        {
            TransactionEvent next = TransactionCase.At(60, 5, "A1", merchant: $"M{merchant}");
            var context = new TransactionContext { Event = next, Options = Options };
            double[] values = windows.Measure(in context, next.OccurredAt.Ticks, own)!;
            return (values[0], values[1]);
        }
    }

    [Fact]
    public void Options_OutOfRange_AreNamed() => Assert.Contains(
        "rule_windows.maximum_events",
        Assert.Throws<OptionsException>(() => new TransactionEngine(new() { RuleWindows = new() { MaximumEvents = 1 } })).Message,
        StringComparison.Ordinal);

    private static double Plain(RuleWindow window, TransactionEvent now, List<TransactionEvent> log)
    {
        if (IdOf(window.Entity, now) is not { } id) return double.NaN;
        TransactionEvent[] earlier = [.. log.Where(one => IdOf(window.Entity, one) == id && one.OccurredAt > now.OccurredAt - window.Length && one.OccurredAt <= now.OccurredAt)];
        return window.Kind switch
        {
            RuleWindowKind.Count => earlier.Length,
            RuleWindowKind.Distinct => earlier.Select(one => IdOf(window.Field!, one)).Where(value => value is not null).Distinct().Count(),
            RuleWindowKind.Sum => earlier.Sum(one => one.ScoredAmount),
            RuleWindowKind.Average => earlier.Length > 0 ? earlier.Average(one => one.ScoredAmount) : double.NaN,
            _ => earlier.Length > 0 ? earlier.Max(one => one.ScoredAmount) : double.NaN,
        };
    }

    private static string? IdOf(string field, TransactionEvent transaction) => field switch
    {
        "account" => transaction.AccountId,
        "merchant" => transaction.MerchantId,
        _ => transaction.DeviceId,
    };

    private static string[] Run(TransactionEngine engine, TransactionEvent[] events)
    {
        var lines = new List<string>();
        var verdict = new Verdict(TransactionLayout.Dimension);
        long seq = 0;
        foreach (TransactionEvent transaction in events)
        {
            engine.Score(transaction, verdict);
            lines.Add($"{transaction.EventUid} {verdict.Score:R} {string.Join('+', verdict.Evidence.ToArray().Select(evidence => evidence.Subject))}");
            var scored = new ScoredEvent(transaction, verdict, 0, ++seq);
            engine.Learn(in scored);
        }

        return [.. lines];
    }
}
