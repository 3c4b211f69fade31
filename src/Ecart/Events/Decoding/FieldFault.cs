namespace Ecart.Events.Decoding;

/// <summary>What is wrong with one value.</summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Problem">Continues a sentence that has named field and value, and says what to do.</param>
internal readonly record struct FieldFault(RejectReason Reason, string Problem);
