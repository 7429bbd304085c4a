package import AtollCore
import AtollModel
package import AtollWire

extension Message {
    /// What an agent's core has to say.
    package init(_ send: AgentSend) {
        switch send {
        case .hello(let hello): self = .hello(hello)
        case .facts(let facts): self = .hostFacts(facts)
        case .change(let change): self = .hostChange(change)
        case .status(let batch): self = .status(batch)
        case .heartbeat(let heartbeat): self = .heartbeat(heartbeat)
        case .goodbye: self = .goodbye(reason: "the agent is stopping; its pods run on")
        }
    }
}

extension AgentInput {
    /// What a coordinator says to an agent's core; nil for what the shell sees to, and for what is not for agents.
    package init?(_ message: Message) {
        switch message {
        case .helloReply(.accepted(let welcome)): self = .welcomed(welcome)
        case .helloReply(.refused(let refusal)): self = .refused(refusal)
        case .assignment(let assignment): self = .assigned(assignment)
        case .heartbeat(let answer): self = .heartbeat(answer)
        case .outputRead, .topologyRead, .goodbye: return nil
        case .hello, .hostFacts, .hostChange, .status, .outputChunk, .topologyText, .request, .reply: return nil
        }
    }
}
