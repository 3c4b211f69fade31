using Ecart.Domains.Transactions;
using Ecart.Events;

namespace Ecart.Checker.Producing;

/// <summary>One thing that is produced: an event, a label or a record that nobody can read.</summary>
/// <param name="Event">The event.</param>
/// <param name="Label">The label.</param>
/// <param name="Unreadable">The record, different from every other one.</param>
internal readonly record struct ProducedItem(TransactionEvent? Event, Label? Label, string? Unreadable = null);
