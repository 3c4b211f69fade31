using System.Buffers;
using Ecart.Detection.Batch;
using Ecart.Profiles;
using Ecart.Rules.Windows;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Transactions;

/// <summary>Hands changed state to a sink and takes it back. Accounts exactly, histories and populations as counts.</summary>
internal sealed class TransactionCheckpoint(TransactionState state)
{
    public const string AccountType = "account";
    private const string PopulationType = "population";
    private const string DomainType = "domain";
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public void Write(IStateSink sink)
    {
        WriteAccounts(sink);
        WriteHistory(DomainType, string.Empty, state.Domain, sink);
        WriteHistories("merchant", state.Merchants, sink);
        WriteHistories("device", state.Devices, sink);
        WriteHistories("ip", state.Addresses, sink);
        state.Windows.Write(sink, AccountStateCodec.Format);
        if (!state.PopulationIsDirty) return;
        WritePopulation("amount_deviation", state.AmountDeviation, sink);
        WritePopulation("amount", state.Amount, sink);
        for (int slot = 0; slot < state.Streams.Slots.Count; slot++) WritePopulation(state.Streams.Slots.NameOf(slot), state.Streams[slot], sink);
        state.PopulationIsDirty = false;
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        bool isKnown = format is >= AccountStateCodec.OldestFormat and <= AccountStateCodec.Format
            || (format == AccountStateCodec.WindowsFormat && entityType == AccountType);
        if (!isKnown)
            throw StateFormatException.OtherFormat(entityType, entityId, format, $"formats {AccountStateCodec.OldestFormat} to {AccountStateCodec.WindowsFormat}");

        try
        {
            Restore(entityType, entityId, lane, seq, format, bytes);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw StateFormatException.Damaged(entityType, entityId, error, bytes.Length);
        }
        catch (ArtefactException error)
        {
            throw StateFormatException.DamagedDetector(entityType, entityId, error);
        }
    }

    public void RestoreHistory(string entityType, string entityId, ReadOnlySpan<DayCount> days)
    {
        DailyHistory history = entityType switch
        {
            DomainType => state.Domain,
            "merchant" => HistoryOf(state.Merchants, entityId),
            "device" => HistoryOf(state.Devices, entityId),
            _ => HistoryOf(state.Addresses, entityId),
        };
        history.Include(days);
        history.MarkClean();
    }

    private void Restore(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        if (entityType == PopulationType)
        {
            if (PopulationOf(entityId) is not { } population) return;
            TailHistogramCodec.Include(population, ref reader);
            reader.RequireEnd();
            return;
        }

        if (entityType == EntityWindows<TransactionContext>.StoredType)
        {
            state.Windows.Restore(entityId, ref reader);
            reader.RequireEnd();
            return;
        }

        AccountState account = state.NewAccount(entityId);
        account.Lane = lane;
        account.Seq = seq;
        AccountStateCodec.Read(account, format, ref reader);
        if (format == AccountStateCodec.WindowsFormat) account.Windows = state.Windows.ReadOwn(ref reader);
        reader.RequireEnd();
        state.Accounts.Put(account);
    }

    /// <returns>Null for that of a streaming detector that the configuration does not name any more.</returns>
    private TailHistogram? PopulationOf(string id)
    {
        if (id == "amount") return state.Amount;
        if (id == "amount_deviation") return state.AmountDeviation;
        return state.Streams.Find(id);
    }

    private DailyHistory HistoryOf(Dictionary<string, DailyHistory> histories, string id)
    {
        if (!histories.TryGetValue(id, out DailyHistory? history)) histories.Add(id, history = state.NewHistory());
        return history;
    }

    /// <summary>In the order of the ids, which is that of the table's key: a store takes sorted rows with a third less work.</summary>
    private void WriteAccounts(IStateSink sink)
    {
        foreach (AccountState account in state.Accounts.All.Where(state.Accounts.IsChanged).OrderBy(account => account.Id, StringComparer.Ordinal))
        {
            buffer.ResetWrittenCount();
            AccountStateCodec.Write(account, new StateWriter(buffer));
            int format = AccountStateCodec.Format;
            if (account.Windows is { } events)
            {
                state.Windows.WriteOwn(events, new StateWriter(buffer));
                format = AccountStateCodec.WindowsFormat;
            }

            sink.Entity(AccountType, account.Id, account.Lane, account.Seq, format, buffer.WrittenSpan);
        }

        state.Accounts.EndCheckpoint();
    }

    private static void WriteHistories(string type, Dictionary<string, DailyHistory> histories, IStateSink sink)
    {
        foreach ((string id, DailyHistory history) in histories.Where(entry => entry.Value.IsDirty).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            WriteHistory(type, id, history, sink);
    }

    private static void WriteHistory(string type, string id, DailyHistory history, IStateSink sink)
    {
        if (!history.IsDirty) return;
        sink.History(type, id, history.Days);
        history.MarkClean();
    }

    private void WritePopulation(string id, TailHistogram histogram, IStateSink sink)
    {
        buffer.ResetWrittenCount();
        TailHistogramCodec.Write(histogram, new StateWriter(buffer));
        sink.Entity(PopulationType, id, IStateSink.NoLane, 0, AccountStateCodec.Format, buffer.WrittenSpan);
    }
}
