using Ecart.Domains.Transactions;
using Ecart.Scoring;
using Xunit;

namespace Ecart.Tests.Domains.Transactions;

public sealed class TransactionCheckpointTests
{
    [Fact]
    public void RestoreEntity_BytesCutAnywhereOrTooMany_SaysWhoseStateAndWhatToDo()
    {
        foreach (var (type, id, format, state) in Stored())
        {
            // Populations are long runs of equal counters: every 97th cut of theirs stands for the others.
            for (var length = 0; length <= state.Length + 1; length += type == "population" && length > 200 && length < state.Length - 100 ? 97 : 1)
            {
                if (length == state.Length) continue;
                byte[] damaged = length < state.Length ? state[..length] : [.. state, 0];
                var error = Assert.Throws<StateFormatException>(() => Fresh().RestoreEntity(type, id, 0, 1, format, damaged));
                Assert.Contains($"state of {type} '{id}' is damaged", error.Message, StringComparison.Ordinal);
                Assert.Contains("ecart profiles rebuild", error.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void RestoreEntity_AnyByteOverwritten_IsReadOrRefusedButNeverCrashes()
    {
        var (type, id, format, state) = Stored().Single(entity => entity.Type == "account");
        var refused = 0;
        for (var position = 0; position < state.Length; position++)
        {
            foreach (byte value in new byte[] { 0x00, 0x7F, 0xFF })
            {
                var damaged = (byte[])state.Clone();
                damaged[position] = value;
                try
                {
                    Fresh().RestoreEntity(type, id, 0, 1, format, damaged);
                }
                catch (StateFormatException)
                {
                    refused++;
                }
            }
        }

        Assert.True(refused > 50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void RestoreEntity_OtherFormat_SaysWhichAndWhatToDo(int format)
    {
        var error = Assert.Throws<StateFormatException>(() => Fresh().RestoreEntity("account", "A1", 0, 1, format, []));

        Assert.Equal(
            $"The stored state of account 'A1' has format {format}; this program reads formats 2 to 4. "
            + "Run 'ecart profiles rebuild' to make the state again from the log, or the program that wrote it.",
            error.Message);
    }

    [Fact]
    public void RestoreEntity_FormatBeforeStreamingDetectors_IsReadTheSame()
    {
        var (type, id, _, state) = Stored().Single(entity => entity.Type == "account");
        var engine = Fresh();
        // What format 3 added is the number of detectors at the end.
        engine.RestoreEntity(type, id, 0, 31, 2, state.AsSpan()[..^sizeof(int)]);
        Assert.True(engine.State.Accounts.TryGet(id, out var account));
        engine.State.Accounts.Change(account);
        var again = new StateStore();

        engine.WriteCheckpoint(again);

        Assert.Equal(Convert.ToHexString(state), Convert.ToHexString(again.Entities.Single(entity => entity.Type == type).State));
    }

    [Fact]
    public void RestoreEntity_WhatWasWritten_IsWrittenAgainTheSame()
    {
        var engine = Fresh();
        foreach (var (type, id, format, state) in Stored()) engine.RestoreEntity(type, id, 0, 31, format, state);
        Assert.True(engine.State.Accounts.TryGet("A1", out var account));
        engine.State.Accounts.Change(account);
        engine.State.PopulationIsDirty = true;
        var again = new StateStore();

        engine.WriteCheckpoint(again);

        Assert.Equal(Stored().Select(entity => (entity.Id, Convert.ToHexString(entity.State))).Order(), again.Entities.Select(entity => (entity.Id, Convert.ToHexString(entity.State))).Order());
    }

    private static TransactionEngine Fresh() => new(TransactionOptions.Default);

    private static List<(string Type, string Id, int Format, byte[] State)> Stored()
    {
        var run = new EngineRun().WithHabit(device: "D1");
        run.Feed(TransactionCase.At(0, channel: TransactionChannel.Pos, latitude: 48.86, longitude: 2.35));
        var store = new StateStore();
        run.Engine.WriteCheckpoint(store);
        return [.. store.Entities];
    }
}
