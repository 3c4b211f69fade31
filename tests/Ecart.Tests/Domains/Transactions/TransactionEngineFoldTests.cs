using CsCheck;
using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

/// <summary>The state is a fold over the log: whoever has the log, or a checkpoint and the rest of it, scores the same to the last bit.</summary>
public sealed class TransactionEngineFoldTests
{
    /// <summary>Half of the restarts fall into the end of the log, where entities come back.</summary>
    private static readonly Gen<double> Moment = Gen.OneOf(Gen.Double[0, 1], Gen.Double[0.85, 1]);

    [Fact]
    public void Score_RestartedAnywhereFromACheckpointAndTheLog_EqualsTheUnbrokenRun() => Gen.Select(Gen.ULong[1, 6], Moment, Moment).Sample((seed, first, second) =>
    {
        var log = LogCase.Make(seed, days: 45).Entries;
        var unbroken = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        unbroken.Run(log);
        var (checkpointed, stopped) = ((int)(log.Count * Math.Min(first, second)), (int)(log.Count * Math.Max(first, second)));

        var restarted = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        var store = new StateStore();
        restarted.Run(log.Take(checkpointed / 2));
        restarted.Checkpoint(store);
        restarted.Run(log.Take(checkpointed).Skip(checkpointed / 2));
        restarted.Checkpoint(store);
        restarted.Run(log.Take(stopped).Skip(checkpointed));
        restarted.Restart(new TransactionEngine(TransactionOptions.Default), store, checkpointed);
        restarted.Run(log.Skip(stopped));

        Assert.Equal(unbroken.Verdicts, restarted.Verdicts);
    }, seed: "0000KOIbCd64", iter: 32);

    [Fact]
    public void Refold_TheWholeLog_GivesTheSameStateAsRunningIt()
    {
        var log = LogCase.Make(7, days: 45).Entries;
        var run = new LogCase.Runner(new TransactionEngine(TransactionOptions.Default));
        run.Run(log);
        var (expected, actual) = (new StateStore(), new StateStore());
        run.Checkpoint(expected);

        run.Restart(new TransactionEngine(TransactionOptions.Default), new StateStore(), 0);
        run.Checkpoint(actual);

        Assert.Equal(
            expected.Entities.Select(entity => (entity.Type, entity.Id, Convert.ToHexString(entity.State))).Order(),
            actual.Entities.Select(entity => (entity.Type, entity.Id, Convert.ToHexString(entity.State))).Order());
    }

    [Fact]
    public void Log_OfTheseTests_HasEveryKindOfEntry()
    {
        var run = new EngineRun();
        var verdicts = new List<Verdict>();
        foreach (var entry in LogCase.Make(7, days: 45).Entries)
        {
            if (entry.Label is { } isFraud) run.Label(entry.Event.EventUid, isFraud);
            else verdicts.Add(run.Feed(entry.Event));
        }

        Assert.Contains(verdicts, verdict => verdict.IsLate);
        Assert.Contains(verdicts, verdict => verdict.IsAnomaly);
        Assert.Contains(verdicts, verdict => verdict.IsLearned && verdict.LearnedDistance < verdict.DistanceToProfile * 0.9);
        Assert.Contains(verdicts, verdict => verdict.Find(EvidenceCode.EntityHistory) is not null);
        Assert.Contains(verdicts, verdict => verdict.Find(EvidenceCode.Velocity) is not null);
    }

    [Fact]
    public void WriteCheckpoint_NothingChanged_WritesNothing()
    {
        var run = new EngineRun().WithHabit();
        run.Engine.WriteCheckpoint(new StateStore());
        var store = new StateStore();

        run.Engine.WriteCheckpoint(store);

        Assert.Empty(store.Entities);
    }

    [Fact]
    public void Learn_EntitiesLongUnseen_AreForgotten()
    {
        var run = new EngineRun();
        for (var i = 0; i < 50; i++) run.Feed(TransactionCase.At(i, merchant: $"M{i}", device: $"D{i}", address: $"192.0.2.{i}"));
        Assert.Equal(50, run.Engine.State.Merchants.Count);

        run.Feed(TransactionCase.At(1440 * run.Engine.HistoryDays, merchant: "new", device: "new", address: "new"));

        Assert.Equal((1, 1, 1), (run.Engine.State.Merchants.Count, run.Engine.State.Devices.Count, run.Engine.State.Addresses.Count));
    }
}
