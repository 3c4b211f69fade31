using System.Buffers;
using System.Runtime.InteropServices;
using Ecart.Profiles;
using Ecart.Scoring;
using Ecart.Thresholds;

namespace Ecart.Domains.Transactions;

/// <summary>Hands changed state to a sink and takes it back. Accounts exactly, histories and populations as counts.</summary>
internal sealed class TransactionCheckpoint(TransactionOptions options, TransactionState state)
{
    private const string AccountType = "account";
    private const string PopulationType = "population";
    private const string DomainType = "domain";
    private readonly ArrayBufferWriter<byte> buffer = new(16 * 1024);

    public void Write(IStateSink sink)
    {
        foreach (AccountState account in state.Accounts.Values)
        {
            if (!account.IsDirty) continue;
            buffer.ResetWrittenCount();
            AccountStateCodec.Write(account, new StateWriter(buffer));
            sink.Entity(AccountType, account.AccountId, account.Lane, account.Seq, AccountStateCodec.Format, buffer.WrittenSpan);
            account.IsDirty = false;
        }

        WriteHistory(DomainType, string.Empty, state.Domain, sink);
        foreach ((string id, DailyHistory history) in state.Merchants) WriteHistory("merchant", id, history, sink);
        foreach ((string id, DailyHistory history) in state.Devices) WriteHistory("device", id, history, sink);
        foreach ((string id, DailyHistory history) in state.Addresses) WriteHistory("ip", id, history, sink);
        if (!state.PopulationIsDirty) return;
        WritePopulation("amount_deviation", state.AmountDeviation, sink);
        WritePopulation("amount", state.Amount, sink);
        state.PopulationIsDirty = false;
    }

    public void RestoreEntity(string entityType, string entityId, int lane, long seq, int format, ReadOnlySpan<byte> bytes)
    {
        if (format != AccountStateCodec.Format)
        {
            throw new StateFormatException(
                $"The stored state of {entityType} '{entityId}' has format {format}; this program reads format {AccountStateCodec.Format}. "
                + "Run the newer program, or 'ecart profiles rebuild' to make the state again from the log.");
        }

        try
        {
            Restore(entityType, entityId, lane, seq, bytes);
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new StateFormatException(
                $"The stored state of {entityType} '{entityId}' is damaged ({error.ParamName}). "
                + "Run 'ecart profiles rebuild' to make it again from the log.");
        }
    }

    public void RestoreDaily(string entityType, string entityId, int day, int events, int frauds)
    {
        DailyHistory history = entityType switch
        {
            DomainType => state.Domain,
            "merchant" => HistoryOf(state.Merchants, entityId),
            "device" => HistoryOf(state.Devices, entityId),
            _ => HistoryOf(state.Addresses, entityId),
        };
        history.Restore(day, events, frauds);
    }

    private void Restore(string entityType, string entityId, int lane, long seq, ReadOnlySpan<byte> bytes)
    {
        var reader = new StateReader(bytes);
        if (entityType == PopulationType)
        {
            ReadPopulation(entityId == "amount" ? state.Amount : state.AmountDeviation, ref reader);
            return;
        }

        var account = new AccountState(entityId, options.Profile) { Lane = lane, Seq = seq };
        AccountStateCodec.Read(account, ref reader);
        state.Accounts[entityId] = account;
    }

    private DailyHistory HistoryOf(Dictionary<string, DailyHistory> histories, string id)
    {
        if (!histories.TryGetValue(id, out DailyHistory? history)) histories.Add(id, history = state.NewHistory());
        return history;
    }

    private static void WriteHistory(string type, string id, DailyHistory history, IStateSink sink)
    {
        if (!history.IsDirty) return;
        foreach (ref readonly DailyHistory.DayCount day in history.Days)
            if (day.IsDirty) sink.Daily(type, id, day.Day, day.Events, day.Frauds);
        history.MarkClean();
    }

    private void WritePopulation(string id, TailHistogram histogram, IStateSink sink)
    {
        buffer.ResetWrittenCount();
        var writer = new StateWriter(buffer);
        writer.Int(histogram.BinCount);
        writer.Int(histogram.Days.Count);
        foreach ((int day, int[] counts) in histogram.Days)
        {
            writer.Int(day);
            writer.Floats(MemoryMarshal.Cast<int, float>(counts));
        }

        sink.Entity(PopulationType, id, 0, 0, AccountStateCodec.Format, buffer.WrittenSpan);
    }

    private static void ReadPopulation(TailHistogram histogram, ref StateReader reader)
    {
        int bins = reader.Count(1 << 16);
        ArgumentOutOfRangeException.ThrowIfNotEqual(bins, histogram.BinCount);
        int days = reader.Count(1 << 12);
        var counts = new int[bins];
        for (int i = 0; i < days; i++)
        {
            int day = reader.Int();
            reader.Floats(MemoryMarshal.Cast<int, float>(counts.AsSpan()));
            histogram.Restore(day, counts);
        }
    }
}
