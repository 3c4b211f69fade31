using Ecart.Domains.Transactions;

namespace Ecart.Simulation;

/// <summary>A generated transaction with its truth.</summary>
/// <param name="Event">The transaction.</param>
/// <param name="Truth">What it really is.</param>
/// <param name="Incident">Number of the fraud incident, from 1; 0 for genuine ones.</param>
public readonly record struct SimulatedTransaction(TransactionEvent Event, FraudKind Truth, int Incident)
{
    /// <summary>True for every kind of fraud.</summary>
    public bool IsFraud => Truth != FraudKind.None;
}
