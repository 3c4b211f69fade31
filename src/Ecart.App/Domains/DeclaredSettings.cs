using Ecart.App.Terminal;
using Ecart.Detection;
using Ecart.Domains.Declared;
using Ecart.Events.Decoding;
using Ecart.Scoring;

namespace Ecart.App.Domains;

/// <summary>A declaration that can be used.</summary>
internal sealed class DeclaredSettings(DomainDeclaration declaration) : IDomainSettings
{
    /// <summary>The declaration.</summary>
    public DomainDeclaration Declaration => declaration;

    /// <inheritdoc/>
    public string Text => DeclaredJson.Serialize(declaration);

    /// <inheritdoc/>
    public IDomainEngine MakeEngine(int configurationVersion, ReferencePatterns patterns, DomainModels models)
    {
        var engine = new DeclaredEngine(declaration, configurationVersion, models) { Patterns = patterns };
        foreach (ExceptionNotice notice in engine.PatternNotices) Output.Warning(notice.ToString());
        return engine;
    }

    /// <inheritdoc/>
    public IRecordDecoder MakeDecoder() => new DeclaredDecoder(declaration);
}
