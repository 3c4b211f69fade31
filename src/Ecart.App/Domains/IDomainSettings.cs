using Ecart.Detection;
using Ecart.Events.Decoding;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>Settings of one domain that can be used. Immutable.</summary>
internal interface IDomainSettings
{
    /// <summary>All settings with their values, as JSON.</summary>
    string Text { get; }

    /// <summary>An engine that knows nothing yet. Tells a person of exceptions that have no effect because their rule is wrong.</summary>
    IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models);

    /// <summary>A decoder of records. Not thread-safe: one owner.</summary>
    IRecordDecoder MakeDecoder();
}
