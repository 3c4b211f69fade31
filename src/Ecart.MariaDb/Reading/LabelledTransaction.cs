using Ecart.Domains.Transactions;

namespace Ecart.MariaDb.Reading;

/// <summary>A stored transaction with the label it has today.</summary>
/// <param name="Event">The transaction.</param>
/// <param name="Label">Whether it is fraud; null when nobody knows yet.</param>
/// <param name="KnownAt">Since when that is known, UTC; null without a label.</param>
public readonly record struct LabelledTransaction(TransactionEvent Event, bool? Label, DateTime? KnownAt);
