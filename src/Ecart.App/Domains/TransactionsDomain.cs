using System.Globalization;
using Ecart.Domains.Transactions;
using Ecart.Events;
using Ecart.MariaDb.Reading;
using Ecart.MariaDb.Writing;
using Ecart.Scoring;

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
    public Task<int> PublishAsync(IDomainEngine engine, string connectionString, CancellationToken cancellationToken)
    {
        // A fresh engine of the same configuration and models reads, while the other goes on.
        var fresh = (TransactionEngine)engine.MakeFresh();
        var details = new PublicationDetails(
            fresh.ConfigurationVersion, fresh.Options.Profile.WindowDays, TimeProvider.System.GetUtcNow().UtcDateTime, null, fresh.EmbeddingVersion);
        var table = new AccountProfileTable();
        return new ProfilePublisher<PublishedAccountProfile>(connectionString, table).PublishAsync(
            new ProfileChanges<PublishedAccountProfile>(connectionString, table).ReadAsync(
                fresh, fresh.ConfigurationVersion, () => fresh.PublishProfiles(null, onlyChanged: false), cancellationToken),
            isComplete: false,
            details,
            cancellationToken);
    }
}
