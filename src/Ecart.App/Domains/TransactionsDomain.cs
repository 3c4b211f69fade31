using System.Globalization;
using Ecart.App.Store;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;
using Ecart.Streaming.Explanation;
using Ecart.Streaming.Pipeline;

namespace Ecart.App.Domains;

/// <summary>Card and account transactions.</summary>
internal sealed class TransactionsDomain : IServedDomain
{
    /// <inheritdoc/>
    public string Name => TransactionEvent.DomainName;

    /// <inheritdoc/>
    public string ScoredColumns => "account,amount,currency";

    /// <inheritdoc/>
    public IDomainSettings Read(string json) => new TransactionSettings(TransactionOptionsJson.Deserialize(json));

    /// <inheritdoc/>
    public ReproducedDomain? Reproduction => ReproducedDomain.Transactions;

    /// <inheritdoc/>
    public IEventTable MakeTable() => new TransactionTable();

    /// <inheritdoc/>
    public void AppendScored(DomainEvent domainEvent, Verdict verdict, List<string> values)
    {
        var transaction = (TransactionEvent)domainEvent;
        values.Add(transaction.AccountId);
        values.Add(transaction.Amount.ToString("0.00", CultureInfo.InvariantCulture));
        values.Add(transaction.Currency);
    }

    /// <inheritdoc/>
    /// <remarks>With nearest-neighbour statistics, which SQL reads.</remarks>
    public Task<ProfileRebuildResult> RebuildAsync(OpenStore store, IProgress<long> read, CancellationToken cancellationToken) =>
        new ProfileRebuild(store.ConnectionString, ((TransactionSettings)store.Settings).Options, store.ConfigurationVersion, TimeProvider.System, store.Models)
            .RunAsync(read, cancellationToken);

    /// <inheritdoc/>
    public Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        var fresh = (TransactionEngine)engine.MakeFresh();
        return EntityPublication.RunAsync(
            fresh,
            fresh.ConfigurationVersion,
            fresh.Options.Profile.WindowDays,
            new AccountProfileTable(),
            () => fresh.PublishProfiles(null, onlyChanged: false),
            connectionString,
            cancellationToken);
    }
}
