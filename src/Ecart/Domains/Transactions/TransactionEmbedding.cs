namespace Ecart.Domains.Transactions;

/// <summary>Writes a transaction as a vector of Euclidean length 1. The context's embedding and distance are not read. Changes no state.</summary>
/// <param name="context">What is known of the transaction.</param>
/// <param name="vector"><see cref="TransactionLayout.Dimension"/> floats.</param>
/// <returns>False when a value is not finite, which a validated event cannot give.</returns>
internal delegate bool TransactionEmbedding(in TransactionContext context, Span<float> vector);
