using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Numerics;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>An engine that drops accounts and takes them back scores as one that keeps them all, to the last bit.</summary>
public sealed class TransactionEngineEvictionTests
{
    [Fact]
    public void Score_AccountsDroppedAndRestored_EqualsTheEngineThatKeepsAll() => Gen.Select(Gen.ULong[1, 6], Gen.Int[2, 8]).Sample((seed, mostResident) =>
    {
        var log = LogCase.Make(seed, days: 45).Entries;
        var unbounded = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        unbounded.Run(log);

        var bounded = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        var dropped = bounded.RunBounded(log, new StateStore(), mostResident, new SeededRandom(seed));

        Assert.Equal(unbounded.Verdicts, bounded.Verdicts);
        Assert.True(dropped > log.Count / 20, $"only {dropped} were dropped in {log.Count} entries");
    }, seed: "0000KOIbCd64", iter: 24);

    [Fact]
    public void Evict_ChangesNotDurable_DropsNothing()
    {
        var engine = EngineOf("A1", "A2", "A3");
        Assert.Equal(0, engine.Evict(0));
        engine.WriteCheckpoint(new StateStore());
        Assert.Equal(0, engine.Evict(0));

        engine.KeepCheckpoint();

        Assert.Equal(3, engine.Evict(0));
        Assert.Equal((0, 0), (engine.ResidentEntities, engine.ChangedEntities));
    }

    [Fact]
    public void Evict_AllDurable_DropsThoseUsedLongestAgo()
    {
        var engine = EngineOf("A1", "A2", "A3");
        engine.WriteCheckpoint(new StateStore());
        engine.KeepCheckpoint();
        Assert.True(engine.TryUse("A1"));

        Assert.Equal(1, engine.Evict(2));

        Assert.Equal((true, false, true), (engine.TryUse("A1"), engine.TryUse("A2"), engine.TryUse("A3")));
    }

    [Fact]
    public void Evict_ChangedAgainAfterTheCheckpoint_IsKept()
    {
        var run = new EngineRun();
        run.Feed(TransactionCase.At(0, 20, "A1"));
        run.Feed(TransactionCase.At(1, 20, "A2"));
        run.Engine.WriteCheckpoint(new StateStore());
        run.Feed(TransactionCase.At(2, 20, "A1"));
        Assert.Equal(1, run.Engine.ChangedEntities);
        run.Engine.KeepCheckpoint();

        Assert.Equal(1, run.Engine.Evict(0));

        Assert.True(run.Engine.TryUse("A1"));
    }

    private static TransactionEngine EngineOf(params string[] accounts)
    {
        var run = new EngineRun();
        for (var i = 0; i < accounts.Length; i++) run.Feed(TransactionCase.At(i, 20, accounts[i]));
        return run.Engine;
    }
}
